"""Places in the office: browse, find, change, export."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.free_text import without_controls
from app.formats.tables.reading import read_table
from app.models import Place
from app.transaction import transaction
from tests.factories.places.places import add_place
from tests.fixtures.accounts import SignIn
from tests.web.office.places.conftest import LIST, id_of, import_list, review, send, text_of

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[5] / "shared" / "data"))


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
