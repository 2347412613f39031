"""Districts as tiles: for headquarters alone, as their newest editions say, within a page of few bytes."""

import csv
import gzip
import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.jobs.editions import make_editions
from app.models import Place
from app.services.figures.releases import publish_releases
from app.services.places.imports import MADHYA_PRADESH
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = date(2026, 11, 2)


@pytest.fixture
def districts(app: Flask) -> dict[str, int]:
    """All 55, of which one lies far below the others and one has too few answers."""
    app.config["CLOCK"] = lambda: NOW
    with MADHYA_PRADESH.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        version, made = add_survey(session, slug="visit"), {"state": state.id}
        for row in rows[1:]:
            names = {"name_hi": row["name_hi"], "name_en": row["name_en"], "code": row["code"]}
            place = add_place(session, kind="district", parent=state, **names)
            good, many = {"Dhar": (12, 60), "Harda": (6, 12)}.get(row["name_en"], (42, 60))
            given = [{"overall": 5 if n < good else 1} for n in range(many)]
            add_responses(session, place, version, WEEK, given)
            made[row["name_en"]] = place.id
        session.flush()
        publish_releases(session, NOW)
    make_editions(NOW)
    return made


def test_every_district_as_a_tile_by_name(districts: dict[str, int], sign_in: SignIn) -> None:
    page = sign_in(Role.STATE_ADMIN, districts["state"]).get(f"/office/reports/{districts['state']}/like-places").text
    tiles = re.findall(
        r'<li class="(\w+) (c\d+ r\d+)"><a href="[^"]+"><b>(.*?)</b></a> <span>(.*?)</span> <span>(.*?)</span></li>',
        page,
    )
    names = [name for _, _, name, _, _ in tiles]
    assert len(tiles) == 55
    assert names == sorted(names)
    told = {name: (beside, share) for beside, _, name, share, _ in tiles}
    assert [told[name][0] for name in ("Dhar", "Indore", "Harda")] == ["lower", "alike", "too_few"]
    assert [told[name][1].split()[0] for name in ("Dhar", "Indore")] == ["20", "70"]
    assert "▼</span> clearly lower</span>" in page
    assert len(gzip.compress(page.encode())) < 8 * 1024


def test_nobody_below_headquarters_has_tiles(districts: dict[str, int], sign_in: SignIn) -> None:
    address = f"/office/reports/{districts['state']}/like-places"
    for role in (Role.DISTRICT_HEAD, Role.STATION_HEAD):
        client = sign_in(role, districts["Dhar"])
        assert client.get(address).status_code == 403
        assert "Districts as tiles" not in client.get(f"/office/reports/{districts['Dhar']}/like-places").text
    assert "Districts as tiles" not in sign_in(Role.AUDITOR, districts["state"]).get(address).text


def test_a_district_of_a_small_group_has_its_share_and_no_comparison(
    districts: dict[str, int], sign_in: SignIn
) -> None:
    with transaction() as session:
        for name, group in (("Dhar", "city"), ("Indore", "city"), ("Harda", "town")):
            session.get_one(Place, districts[name]).place_group = group
    page = sign_in(Role.STATE_ADMIN, districts["state"]).get(f"/office/reports/{districts['state']}/like-places").text
    tiles = dict(
        re.findall(
            r'<li class="(?:\w+) c\d+ r\d+"><a href="[^"]+"><b>(.*?)</b></a> <span>.*?</span> <span>(.*?)</span></li>',
            page,
        )
    )
    assert len(tiles) == 55
    told = {name: tiles[name].rpartition("> ")[2] for name in ("Dhar", "Harda", "Bhopal")}
    assert told == {
        "Dhar": "too few in its group · City",
        "Harda": "too few to compare · Town",
        "Bhopal": "as others · Group not said",
    }
    # No table leads to them, since nothing is compared in a group so small.
    for name in ("Dhar", "Harda", "Bhopal"):
        assert f'<a href="/office/reports/{districts[name]}"><b>{name}</b></a>' in page
