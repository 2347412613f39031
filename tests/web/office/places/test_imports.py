"""Importing places in the office: a look at what would change, then the change."""

import os
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.services.held_files import HELD_FOR, MOST_HELD
from app.services.places.imports import MADHYA_PRADESH
from app.services.places.queries import find_place_by_code
from app.transaction import reading, transaction
from tests.factories.places.places import add_place
from tests.fixtures.accounts import SignIn, open_session
from tests.web.office.places.conftest import LIST, NOW, confirm, how_many, id_of, import_list, review, send, text_of

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[5] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def test_nothing_changes_before_it_is_confirmed(admin: FlaskClient) -> None:
    address, page = review(admin)
    assert "4 places added" in page
    assert how_many() == 1

    done = text_of(confirm(admin, address, page))
    assert "4 changes were made." in done
    assert "Bhopal" in done
    assert admin.get(address).status_code == 410


def test_errors_are_shown_with_row_and_column(admin: FlaskClient) -> None:
    _, page = review(admin, LIST + "X,station,,,BPL\nY,station,थाना य,,NOWHERE\n")

    assert "2 things to put right" in page
    assert re.search(r'<td class="figure">8</td>\s*<td>parent_code</td>', page)
    assert "Make these changes" not in page


def test_a_file_that_changed_its_effect_is_not_applied(admin: FlaskClient) -> None:
    import_list(admin)
    address, page = review(admin, LIST.replace("Indore", "Indaur"))
    admin.post(f"/office/places/{id_of('IND')}/name", data={"name_hi": "इंदौर", "name_en": "Indore City"})

    assert "the places have changed since you saw the list" in text_of(confirm(admin, address, page))


def test_what_the_file_does_not_say_is_said_in_the_form(admin: FlaskClient) -> None:
    import_list(admin)
    plain = "code;name\nBPL-7;थाना अशोका गार्डन\n"
    _, page = review(admin, plain)
    assert "The file does not say what kind" in page

    done = import_list(admin, plain, "?kind=station&parent_code=BPL&from_on=2026-11-23")
    assert "1 change was made." in done
    assert id_of("BPL-7")


@pytest.mark.parametrize("query", ["?kind=x", "?parent_code=x", "?from_on=soon", "?from_on=2027-01-01"])
def test_options_that_cannot_be_are_refused_in_words(admin: FlaskClient, query: str) -> None:
    import_list(admin)
    address, page = review(admin, LIST.replace("Indore", "Indaur"))
    assert admin.get(address + query).status_code == 200
    assert 'class="field wrong"' in text_of(admin.get(address + query))
    confirm(admin, address + query, page)
    with reading() as session:
        assert find_place_by_code(session, "IND").name.en == "Indore"


def test_nothing_chosen_comes_back_with_the_reason(admin: FlaskClient) -> None:
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
def test_what_is_no_list_is_refused_in_words(admin: FlaskClient, content: bytes, reason: str) -> None:
    response = send(admin, content)
    assert response.status_code in (413, 422)
    assert reason in text_of(response)
    assert how_many() == 1


def test_another_account_does_not_get_the_file(admin: FlaskClient, sign_in: SignIn) -> None:
    address, _ = review(admin)
    assert sign_in(Role.STATE_ADMIN).get(address).status_code == 410


def test_a_file_is_kept_for_an_hour_and_only_so_many(app: Flask, admin: FlaskClient) -> None:
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


def test_many_files_of_one_officer_push_out_nobody_elses(admin: FlaskClient, sign_in: SignIn) -> None:
    address, _ = review(admin)
    other = sign_in(Role.STATE_ADMIN)
    for _turn in range(MOST_HELD + 1):
        send(other)
    assert admin.get(address).status_code == 200


def test_an_account_below_the_top_can_import_and_export_nothing(
    app: Flask, admin: FlaskClient, sign_in: SignIn
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
def test_dirty_lists_are_refused_row_by_row(admin: FlaskClient, file: str, query: str, rows: set[int]) -> None:
    _, page = review(admin, (DATA / file).read_bytes(), query)

    told = {int(row) for row in re.findall(r'<td class="figure">([0-9]+)</td>', page)}
    assert rows <= told
    assert "Make these changes" not in page


@real_data
def test_the_directory_goes_into_a_department_of_another_name(app: Flask, sign_in: SignIn) -> None:
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
def test_the_directory_imports_whole(admin: FlaskClient) -> None:
    files = ("lgd_districts_madhya_pradesh.csv", "lgd_subdistricts_madhya_pradesh.csv")
    query = "?parent_code=STATE&kind=station"
    done = [import_list(admin, (DATA / file).read_bytes(), query) for file in files]
    assert "52 changes were made." in done[0]
    assert "424 changes were made." in done[1]


def test_the_starter_can_be_imported_from_the_screen(admin: FlaskClient) -> None:
    assert "55 changes were made." in import_list(admin, MADHYA_PRADESH.read_bytes(), "?parent_code=STATE")
