"""How far down results are public, from which day and minute on, and who sees counts earlier."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from app.domain.accounts.role import Role
from app.domain.figures.editions.days import day_to_show
from app.domain.installation.public_results import Depth
from app.jobs.editions import make_editions
from app.models import Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.factories import add_responses
from tests.fixtures.accounts import SignIn
from tests.web.public.figures.conftest import MONDAY, Department_, Reader, text_of

#: below the same address, and of no place
OF_ALL = {"rounds", "data", "feed.atom", "calendar.ics"}


@pytest.mark.usefixtures("department")
def test_nothing_finer_nor_earlier_for_anybody(app: Flask, reader: Reader) -> None:
    with transaction() as session:
        busy = session.query(Place).filter_by(page="s-d1-b-1").one()
        version = session.query(SurveyVersion).one()
        add_responses(session, busy, version, date(2026, 11, 16), [{"overall": 1}] * 300)
        session.flush()
        publish_releases(session, MONDAY + timedelta(days=6, hours=22))
    make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
    addresses = ["/r/s-d1-b-1", "/r/s-d1", "/r/s", "/r/s-d1-b-1/2026-12-07", "/r/s-d1-b-1/2026-12-07.json"]
    read = {}
    for at in (MONDAY, MONDAY + timedelta(days=7, seconds=-1), MONDAY + timedelta(days=7)):
        app.config["CLOCK"] = lambda at=at: at
        pages = [text_of(reader.get(address).text) for address in addresses]
        read[at] = [re.sub(r"\d+ दिसंबर 2026, सुबह 11", "", page) for page in pages]
    first, before, after = read.values()
    assert before == first
    assert all(one != other for one, other in zip(before, after, strict=True))
    # A day that is over is known by its own address.
    known = r'<link rel="canonical" href="http://localhost(/r/s-d1-b-1[^"]*)">'
    earlier, newest = (reader.get(f"/r/s-d1-b-1/{day}").text for day in ("2026-11-30", "2026-12-07"))
    assert re.findall(known, earlier + newest) == ["/r/s-d1-b-1/2026-11-30", "/r/s-d1-b-1"]


@pytest.mark.parametrize(
    ("depth", "open_pages"),
    [
        (Depth.NONE, set()),
        (Depth.STATE, {"s"}),
        (Depth.DISTRICT, {"s", "s-d1"}),
        (Depth.STATION, {"s", "s-d1", "s-d1-b-1", "s-d1-b-2"}),
    ],
)
def test_as_far_down_as_was_decided(
    reader: Reader, department: Department_, depth: Depth, open_pages: set[str]
) -> None:
    with transaction() as session:
        decide_public_results(session, depth, MONDAY.date(), None, MONDAY)
    for page in ("s", "s-d1", "s-d1-b-1", "s-d1-b-2"):
        wanted = 200 if page in open_pages else 404
        assert reader.get(f"/r/{page}").status_code == wanted
        links = re.findall(r'href="/r/([^"?/]+)', reader.get("/r?q=s").text + reader.get(f"/r/{page}").text)
        assert set(links) - OF_ALL <= open_pages
    if "s-d1-b-1" not in open_pages:
        for ending in ("2026-11-30", "2026-11-30.json", "2026-11-30.csv", "2026-11-30.pdf", "2026-11-30/1", "trends"):
            assert reader.get(f"/r/s-d1-b-1/{ending}").status_code == 404
    assert ('href="/r"' in reader.get("/").text) is (depth is not Depth.NONE)


def test_an_installation_has_decided_nothing_and_promises_nothing(reader: Reader) -> None:
    assert 'href="/r' not in reader.get("/").text
    page = reader.get("/r?lang=en")
    assert page.status_code == 200
    assert "Results are not public" in text_of(page.text)


def test_from_the_day_that_was_decided(app: Flask, reader: Reader, department: Department_) -> None:
    opened = MONDAY.date() + timedelta(days=7)
    with transaction() as session:
        decide_public_results(session, Depth.STATION, opened, None, MONDAY)
    assert reader.get("/r/s-d1-b-1").status_code == 404
    page = text_of(reader.get("/r?lang=en").text)
    assert "They will be from 7 December 2026 on." in page
    assert "decided on 30 November 2026" in page
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
    assert reader.get("/r/s-d1-b-1").status_code == 200
    assert day_to_show(MONDAY + timedelta(days=7)) == opened


def test_who_can_see_counts_earlier_is_said_to_everybody(reader: Reader, sign_in: SignIn) -> None:
    sign_in(Role.STATE_ADMIN)
    sign_in(Role.STATION_HEAD)
    page = text_of(reader.get("/about/figures?lang=en").text)
    assert "1 account can do so." in page
    assert "on Mondays at 11:00" in page


@pytest.mark.usefixtures("department")
def test_thanks_says_where_once_results_are_public(reader: Reader) -> None:
    said, part = "Everybody can read the figures, new ones on Mondays from 11:00:", "/about/parts/present-en.html"
    assert f'{said} <a href="/r?lang=en">' in reader.get(part).text
    with transaction() as session:
        decide_public_results(session, Depth.NONE, MONDAY.date(), None, MONDAY)
    assert said not in reader.get(part).text
