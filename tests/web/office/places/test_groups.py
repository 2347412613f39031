"""The group of a place in the office: given, taken away, and brought in by a list."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.models import Place
from app.transaction import reading
from tests.fixtures.accounts import SignIn
from tests.web.office.places.conftest import NOW, id_of, import_list, review, text_of


@pytest.mark.parametrize(("language", "words"), [("en", "City"), ("hi", "शहर")])
def test_it_is_given_shown_and_taken_away(app: Flask, sign_in: SignIn, language: str, words: str) -> None:
    app.config["CLOCK"] = lambda: NOW
    reader = sign_in(Role.STATE_ADMIN, language=language)
    import_list(reader)
    address = f"/office/places/{id_of('BPL')}"
    assert f'<option value="city">{words}</option>' in reader.get(f"{address}/group").text
    assert words in text_of(reader.post(f"{address}/group", data={"group": "city"}, follow_redirects=True))
    assert '<option selected value="city">' in reader.get(f"{address}/group").text
    assert words not in text_of(reader.post(f"{address}/group", data={"group": ""}, follow_redirects=True))
    assert reader.post(f"{address}/group", data={"group": "village"}).status_code == 422


def test_a_new_place_has_the_group_it_is_added_with(admin: FlaskClient) -> None:
    import_list(admin)
    address = f"/office/places/{id_of('BPL')}/new"
    offered = re.findall(r'<option[^>]* value="(rural|town|city|)">', admin.get(address).text)
    assert offered == ["", "rural", "town", "city"]
    new = {"kind": "station", "name_en": "Ashta", "code": "BPL-9"}
    assert admin.post(address, data={**new, "group": "village"}).status_code == 422
    assert "Rural" in text_of(admin.post(address, data={**new, "group": "rural"}, follow_redirects=True))
    assert groups() == {"BPL-9": "rural"}
    new = {"kind": "station", "name_en": "Berasia", "code": "BPL-10"}
    assert admin.post(address, data={**new, "group": ""}).status_code == 303
    assert groups() == {"BPL-9": "rural"}


def groups() -> dict[str, str | None]:
    with reading() as session:
        rows = session.execute(select(Place.code, Place.place_group).where(Place.place_group.is_not(None)))
        return {row.code: row.place_group for row in rows}


def test_an_import_tells_which_groups_would_change(admin: FlaskClient) -> None:
    import_list(admin)
    _, page = review(admin, "code,group\nBPL,city\nIND,village\n")
    assert "“village” is no group of places. Write one of: rural, town, city." in page
    _, page = review(admin, "code,group\nBPL,city\n")
    assert "1 group changed" in page
    assert "City" in page
    _, page = review(admin, "code,kind,name_en,parent_code,group\nX,station,Xa,BPL,rural\n")
    assert "Police station, Rural" in page
