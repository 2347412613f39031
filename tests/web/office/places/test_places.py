"""Places in the office: browse, find, change, import after a look, export."""

import io
import json
import os
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.accounts.role import Role
from app.domain.free_text import without_controls
from app.formats.tables.reading import read_table
from app.models import Place
from app.services.held_files import HELD_FOR, MOST_HELD
from app.services.places.imports import MADHYA_PRADESH
from app.services.places.queries import find_place_by_code
from app.transaction import reading, transaction
from tests.factories.places.places import add_place
from tests.fixtures.accounts import SignIn, open_session

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[5] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

LIST = """code,kind,name_hi,name_en,parent_code
STATE,state,नमूना राज्य,Sample State,
BPL,district,भोपाल,Bhopal,STATE
IND,district,इंदौर,Indore,STATE
BPL-1,station,थाना कोतवाली,Kotwali,BPL
IND-1,station,थाना कोतवाली,Kotwali,IND
"""


@pytest.fixture
def admin(app: Flask, sign_in: SignIn) -> FlaskClient:
    app.config["CLOCK"] = lambda: NOW
    return sign_in(Role.STATE_ADMIN)


def send(client: FlaskClient, content: bytes | str = LIST, name: str = "places.csv") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/office/places/import", data={"file": (io.BytesIO(data), name)})


def review(client: FlaskClient, content: bytes | str = LIST, query: str = "") -> tuple[str, str]:
    """The address of the review page of an uploaded file, and the page."""
    response = send(client, content)
    assert response.status_code == 303, text_of(response)
    address = response.location + query
    return address, text_of(client.get(address))


def confirm(client: FlaskClient, address: str, page: str) -> TestResponse:
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert digest
    return client.post(address, data={"digest": digest[1]}, follow_redirects=True)


def import_list(client: FlaskClient, content: bytes | str = LIST, query: str = "") -> str:
    address, page = review(client, content, query)
    return text_of(confirm(client, address, page))


def text_of(response: TestResponse) -> str:
    return unescape(response.get_data(as_text=True))


def id_of(code: str) -> int:
    with reading() as session:
        return find_place_by_code(session, code).id


def how_many() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0


class TestImport:
    def test_nothing_changes_before_it_is_confirmed(self, admin: FlaskClient) -> None:
        address, page = review(admin)
        assert "4 places added" in page
        assert how_many() == 1

        done = text_of(confirm(admin, address, page))
        assert "4 changes were made." in done
        assert "Bhopal" in done
        assert admin.get(address).status_code == 410

    def test_errors_are_shown_with_row_and_column(self, admin: FlaskClient) -> None:
        _, page = review(admin, LIST + "X,station,,,BPL\nY,station,थाना य,,NOWHERE\n")

        assert "2 things to put right" in page
        assert re.search(r'<td class="figure">8</td>\s*<td>parent_code</td>', page)
        assert "Make these changes" not in page

    def test_a_file_that_changed_its_effect_is_not_applied(self, admin: FlaskClient) -> None:
        import_list(admin)
        address, page = review(admin, LIST.replace("Indore", "Indaur"))
        admin.post(f"/office/places/{id_of('IND')}/name", data={"name_hi": "इंदौर", "name_en": "Indore City"})

        assert "the places have changed since you saw the list" in text_of(confirm(admin, address, page))

    def test_what_the_file_does_not_say_is_said_in_the_form(self, admin: FlaskClient) -> None:
        import_list(admin)
        plain = "code;name\nBPL-7;थाना अशोका गार्डन\n"
        _, page = review(admin, plain)
        assert "The file does not say what kind" in page

        done = import_list(admin, plain, "?kind=station&parent_code=BPL&from_on=2026-11-23")
        assert "1 change was made." in done
        assert id_of("BPL-7")

    @pytest.mark.parametrize("query", ["?kind=x", "?parent_code=x", "?from_on=soon", "?from_on=2027-01-01"])
    def test_options_that_cannot_be_are_refused_in_words(self, admin: FlaskClient, query: str) -> None:
        import_list(admin)
        address, page = review(admin, LIST.replace("Indore", "Indaur"))
        assert admin.get(address + query).status_code == 200
        assert 'class="field wrong"' in text_of(admin.get(address + query))
        confirm(admin, address + query, page)
        with reading() as session:
            assert find_place_by_code(session, "IND").name.en == "Indore"

    def test_nothing_chosen_comes_back_with_the_reason(self, admin: FlaskClient) -> None:
        response = admin.post("/office/places/import", data={})
        assert response.status_code == 422
        assert "Please choose a file." in text_of(response)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "The file is empty."),
            (b"%PDF-1.7 ...", "This is no table."),
            ("code,name\n1,थाना\n".encode("utf-16-le")[1:], "This is no table."),
            (b"code,name\n1,caf\xe9\n", "The letters in row 2 cannot be read."),
            (b"x" * 140_000, "Row 1 cannot be read"),
        ],
    )
    def test_what_is_no_list_is_refused_in_words(self, admin: FlaskClient, content: bytes, reason: str) -> None:
        response = send(admin, content)
        assert response.status_code in (413, 422)
        assert reason in text_of(response)
        assert how_many() == 1

    def test_another_account_does_not_get_the_file(self, admin: FlaskClient, sign_in: SignIn) -> None:
        address, _ = review(admin)
        assert sign_in(Role.STATE_ADMIN).get(address).status_code == 410

    def test_a_file_is_kept_for_an_hour_and_only_so_many(self, app: Flask, admin: FlaskClient) -> None:
        address, _ = review(admin)
        uploads = Path(app.instance_path) / "uploads"
        assert oct(uploads.stat().st_mode & 0o777) == "0o700"
        assert {oct(file.stat().st_mode & 0o777) for file in uploads.iterdir()} == {"0o600"}
        for _turn in range(MOST_HELD + 3):
            send(admin)
        assert len(list(uploads.iterdir())) == MOST_HELD
        with admin.session_transaction("/office/") as cookie:
            account_id = cookie["account"][0]
        app.config["CLOCK"] = lambda: NOW + HELD_FOR + timedelta(minutes=1)
        open_session(admin, account_id)
        assert admin.get(address).status_code == 410
        send(admin)
        assert len(list(uploads.iterdir())) == 1

    def test_many_files_of_one_officer_push_out_nobody_elses(self, admin: FlaskClient, sign_in: SignIn) -> None:
        address, _ = review(admin)
        other = sign_in(Role.STATE_ADMIN)
        for _turn in range(MOST_HELD + 1):
            send(other)
        assert admin.get(address).status_code == 200

    def test_an_account_below_the_top_can_import_and_export_nothing(
        self, app: Flask, admin: FlaskClient, sign_in: SignIn
    ) -> None:
        import_list(admin)
        below = sign_in(Role.STATE_ADMIN, id_of("BPL"))
        for address in ("/office/places/import", "/office/places/export.csv"):
            assert below.get(address).status_code == 403
        assert send(below).status_code == 403

    @real_data
    @pytest.mark.parametrize(
        ("file", "query", "rows"),
        [
            ("mp_districts_hindi_mgnrega.csv", "?kind=district&parent_code=STATE", {45}),
            ("osm_police_madhya_pradesh.csv", "?kind=station&parent_code=STATE", {6, 12, 21, 32, 47}),
        ],
    )
    def test_dirty_lists_are_refused_row_by_row(
        self, admin: FlaskClient, file: str, query: str, rows: set[int]
    ) -> None:
        _, page = review(admin, (DATA / file).read_bytes(), query)

        told = {int(row) for row in re.findall(r'<td class="figure">([0-9]+)</td>', page)}
        assert rows <= told
        assert "Make these changes" not in page

    @real_data
    def test_the_directory_goes_into_a_department_of_another_name(self, app: Flask, sign_in: SignIn) -> None:
        with transaction() as session:
            top = add_place(session, kind="state", code="NP", name_hi="नमूना पुलिस", name_en="Namuna Police").id
        client = sign_in(Role.STATE_ADMIN, top)
        address, page = review(client, (DATA / "lgd_districts_madhya_pradesh.csv").read_bytes())
        assert "Put the rows into “नमूना पुलिस”" in page
        link = re.search(r'href="([^"]*parent_code=NP[^"]*)"', page)
        assert link
        address = unescape(link[1])
        confirm(client, address, client.get(address).text)
        assert how_many() > 50
        assert id_of("NP") == top

    @real_data
    def test_the_directory_imports_whole(self, admin: FlaskClient) -> None:
        files = ("lgd_districts_madhya_pradesh.csv", "lgd_subdistricts_madhya_pradesh.csv")
        query = "?parent_code=STATE&kind=station"
        done = [import_list(admin, (DATA / file).read_bytes(), query) for file in files]
        assert "52 changes were made." in done[0]
        assert "424 changes were made." in done[1]


class TestBrowse:
    def test_an_empty_tree_says_what_to_do(self, admin: FlaskClient) -> None:
        page = text_of(admin.get("/office/places"))
        assert "No places yet" in page
        assert "/office/places/import" in page

    def test_from_the_state_down_to_a_station(self, admin: FlaskClient) -> None:
        import_list(admin)
        state = text_of(admin.get("/office/places"))
        assert f"/office/places/{id_of('BPL')}" in state
        district = text_of(admin.get(f"/office/places/{id_of('BPL')}"))
        assert f"/office/places/{id_of('BPL-1')}" in district
        station = text_of(admin.get(f"/office/places/{id_of('BPL-1')}"))
        assert "थाना कोतवाली" in station

    def test_a_place_is_found_in_either_language(self, admin: FlaskClient) -> None:
        import_list(admin)
        assert f"/office/places/{id_of('IND-1')}" in text_of(admin.get("/office/places?q=kotwali+indore"))
        assert f"/office/places/{id_of('IND-1')}" in text_of(admin.get("/office/places?q=कोतवाली+इन्दौर"))
        assert "No place was found" in text_of(admin.get("/office/places?q=<script>"))

    def test_places_of_others_are_not_shown(self, admin: FlaskClient, sign_in: SignIn) -> None:
        import_list(admin)
        below = sign_in(Role.STATE_ADMIN, id_of("BPL"))
        assert "Indore" not in text_of(below.get("/office/places?q=kotwali"))
        assert below.get(f"/office/places/{id_of('IND')}").status_code == 403
        assert "Sample State" not in text_of(below.get(f"/office/places/{id_of('BPL-1')}"))

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_an_export_can_be_imported_again(self, admin: FlaskClient, ending: str) -> None:
        import_list(admin)
        response = admin.get(f"/office/places/export.{ending}")
        assert f'filename="places-2026-11-23.{ending}"' in response.headers["Content-Disposition"]
        assert len(read_table(response.data).rows) == 6
        assert "Nothing would change" in review(admin, response.data)[1]


class TestChanges:
    @pytest.fixture(autouse=True)
    def places(self, admin: FlaskClient) -> None:
        import_list(admin)

    def test_a_place_is_added_renamed_moved_retired_and_opened(self, admin: FlaskClient) -> None:
        new = {"kind": "station", "code": "BPL-9", "name_hi": "थाना नया", "name_en": ""}
        assert "थाना नया" in text_of(admin.post(f"/office/places/{id_of('BPL')}/new", data=new, follow_redirects=True))
        place = f"/office/places/{id_of('BPL-9')}"
        for path, data, shown in (
            ("/name", {"name_hi": "थाना नवीन", "name_en": "Naveen"}, "थाना नवीन"),
            ("/move", {"parent_code": "IND", "from_on": "2026-11-23"}, "Indore"),
            ("/retire", {}, "Retired on"),
            ("/restore", {}, "The place is open again."),
        ):
            if path != "/restore":
                assert admin.get(place + path).status_code == 200
            assert shown in text_of(admin.post(place + path, data=data, follow_redirects=True))
        assert admin.get(place + "/remove").status_code == 200
        assert "The place was removed." in text_of(admin.post(place + "/remove", follow_redirects=True))
        assert admin.get(place).status_code in (403, 404)

    @pytest.mark.parametrize(
        ("path", "data", "field", "words"),
        [
            ("BPL/new", {"kind": "station", "code": "BPL-1", "name_en": "X1x"}, "code", "belongs to another place"),
            ("BPL/new", {"kind": "station", "code": ""}, "code", "Write a code."),
            ("BPL/new", {"kind": "state", "code": "Z", "name_en": "Zed"}, "kind", "Not a valid choice"),
            ("BPL/name", {"name_hi": "", "name_en": " "}, "name_hi", "There is no name."),
            ("BPL/name", {"name_hi": "Bhopal"}, "name_hi", "is not written in Hindi letters"),
            ("BPL/name", {"name_hi": "इंदौर"}, "name_hi", "is there already"),
            ("BPL-1/move", {"parent_code": "IND", "from_on": ""}, "from_on", "Write a day."),
            ("BPL-1/move", {"parent_code": "IND", "from_on": "2026-11-23"}, "parent_code", "is there already"),
        ],
    )
    def test_a_refusal_comes_back_filled_in(
        self, admin: FlaskClient, path: str, data: dict[str, str], field: str, words: str
    ) -> None:
        code, _, action = path.partition("/")
        response = admin.post(f"/office/places/{id_of(code)}/{action}", data=data)
        page = text_of(response)
        assert response.status_code == 422
        assert words in page
        for name in ("code", "name_hi"):
            if data.get(name):
                assert f'value="{data[name]}"' in page
        if words != "is there already":
            assert f'href="#{field}"' in page

    def test_a_place_that_holds_others_is_not_retired(self, admin: FlaskClient) -> None:
        response = admin.post(f"/office/places/{id_of('BPL')}/retire")
        assert response.status_code == 422
        assert "cannot be retired while other places lie in it" in text_of(response)

    def test_a_place_cannot_be_moved_out_of_ones_reach(self, sign_in: SignIn) -> None:
        below = sign_in(Role.STATE_ADMIN, id_of("BPL"))
        data = {"parent_code": "IND", "from_on": "2026-11-23"}
        assert below.post(f"/office/places/{id_of('BPL-1')}/move", data=data).status_code == 422
        assert below.post(f"/office/places/{id_of('IND-1')}/retire").status_code == 403


@pytest.mark.skipif(not (DATA / "blns.json").is_file(), reason="the list of hostile strings is not here")
def test_hostile_names_go_through_page_and_export_unharmed(admin: FlaskClient) -> None:
    hostile = [*json.loads((DATA / "blns.json").read_text("utf-8")), "=2+5+cmd|' /C calc'!A0", "<b>x</b>", "{{7*7}}"]
    rows = [f'H{at},station,,"{_quoted(text)}",STATE' for at, text in enumerate(hostile) if text.strip()]
    address = send(admin, LIST + "\n".join(rows) + "\n").location
    assert "<script>alert" not in admin.get(address).get_data(as_text=True)
    with transaction() as session:
        top = session.scalars(select(Place).where(Place.code == "STATE")).one()
        kept = [text for text in hostile if text.strip() and "\0" not in text and _storable(text)]
        for at, text in enumerate(kept):
            add_place(session, parent=top, code=f"B{at}", name_hi=None, name_en=text, from_on=date(2026, 1, 1))
    raw = admin.get("/office/places").get_data(as_text=True)
    assert "<script>alert" not in raw
    assert "<b>x</b>" not in raw
    assert "49" not in re.findall(r">(\d+)</a>", raw)
    exported = admin.get("/office/places/export.csv").data
    names = {row.cell(0): row.cell(3) for row in read_table(exported).rows}
    # What a list brings is read without control characters, as everything from outside.
    assert {f"B{at}": without_controls(text) for at, text in enumerate(kept)}.items() <= names.items()
    assert b'"=2+5' not in exported


def _quoted(text: str) -> str:
    return text.replace('"', '""').replace("\0", "")


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def test_the_starter_can_be_imported_from_the_screen(admin: FlaskClient) -> None:
    assert "55 changes were made." in import_list(admin, MADHYA_PRADESH.read_bytes(), "?parent_code=STATE")


class TestContact:
    def test_it_is_given_shown_and_told_to_people(self, admin: FlaskClient) -> None:
        import_list(admin)
        district = id_of("BPL")
        assert "contact of headquarters until" in text_of(admin.get(f"/office/places/{district}?lang=en"))
        fields = {"contact_hi": "कंट्रोल रूम", "contact_en": "Control Room", "contact_phone": "०७५५ 2443000"}
        saved = admin.post(f"/office/places/{district}/contact", data=fields, follow_redirects=True)
        page = text_of(saved)
        assert saved.status_code == 200
        assert "0755 2443000" in page
        assert "contact of headquarters until" not in page
        assert "0755 2443000" in text_of(admin.get(f"/about/complaint/{id_of('BPL-1')}"))

    def test_what_is_no_number_comes_back_with_the_reason_beside_it(self, admin: FlaskClient) -> None:
        import_list(admin)
        refused = admin.post(f"/office/places/{id_of('BPL')}/contact", data={"contact_phone": "पूछें"})
        assert refused.status_code == 422
        assert 'id="contact_phone-error"' in refused.text
        assert 'value="पूछें"' in refused.text

    def test_an_import_tells_which_contacts_would_change(self, admin: FlaskClient) -> None:
        import_list(admin)
        page = import_list(admin, "code,contact_phone\nBPL,0755 2443000\n")
        assert "1 change was made" in page
        _, page = review(admin, "code,contact_phone\nBPL,0755 2443001\n")
        assert "1 contact changed" in page
        assert "0755 2443000" in page
        assert "0755 2443001" in page


class TestGroup:
    @pytest.mark.parametrize(("language", "words"), [("en", "City"), ("hi", "शहर")])
    def test_it_is_given_shown_and_taken_away(self, app: Flask, sign_in: SignIn, language: str, words: str) -> None:
        app.config["CLOCK"] = lambda: NOW
        reader = sign_in(Role.STATE_ADMIN, language=language)
        import_list(reader)
        address = f"/office/places/{id_of('BPL')}"
        assert f'<option value="city">{words}</option>' in reader.get(f"{address}/group").text
        assert words in text_of(reader.post(f"{address}/group", data={"group": "city"}, follow_redirects=True))
        assert '<option selected value="city">' in reader.get(f"{address}/group").text
        assert words not in text_of(reader.post(f"{address}/group", data={"group": ""}, follow_redirects=True))
        assert reader.post(f"{address}/group", data={"group": "village"}).status_code == 422

    def test_an_import_tells_which_groups_would_change(self, admin: FlaskClient) -> None:
        import_list(admin)
        _, page = review(admin, "code,group\nBPL,city\nIND,village\n")
        assert "“village” is no group of places. Write one of: rural, town, city." in page
        _, page = review(admin, "code,group\nBPL,city\n")
        assert "1 group changed" in page
        assert "City" in page
        _, page = review(admin, "code,kind,name_en,parent_code,group\nX,station,Xa,BPL,rural\n")
        assert "Police station, Rural" in page
