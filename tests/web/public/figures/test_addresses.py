"""What search engines and those who pass a link on are told of pages of results."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from app.domain.codes.channel import Channel
from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import Depth
from app.jobs.editions import make_editions
from app.models import Place, SurveyVersion
from app.services.figures.editions.making import correct_edition
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.record.editions import keep_edition, newest_edition
from app.transaction import transaction
from tests.factories import add_responses
from tests.factories.draws.asked_people import add_asked, keep_whole
from tests.web.public.figures.conftest import MONDAY, WEEK, Department_, Reader

pytestmark = pytest.mark.usefixtures("department")


def test_search_engines_may_show_results_and_what_was_searched_for_not(reader: Reader) -> None:
    assert "X-Robots-Tag" not in reader.get("/r/s-d1-b-1").headers
    assert reader.get("/r?q=paheli").headers["X-Robots-Tag"] == "noindex"


def test_a_page_names_the_one_address_that_it_is_known_by(reader: Reader, department: Department_) -> None:
    def own(address: str) -> list[str]:
        found = re.findall(
            r'<link rel="(?:canonical|alternate)".*? href="http://localhost([^"]+)">', reader.get(address).text
        )
        assert not found or found[1:] == [found[0].removesuffix("?lang=en"), f"{found[1]}?lang=en"]
        return found[:1]

    assert own("/R") == ["/r"]
    assert own("/r?q=paheli") == []
    assert own("/about/figures?utm=1") == ["/about/figures"]
    station, today = "/r/s-d1-b-1", "/r/s-d1-b-1/2026-11-30"
    assert own("/R/S-D1-B-1?lang=hi&utm=1") == own(f"{station}/20261130") == own(today) == [station]
    assert own(f"{station}?lang=en") == own(f"{today}?lang=en") == [f"{station}?lang=en"]
    assert own(f"/R{station[2:]}/TRENDS?lang=en") == [f"{station}/trends?lang=en"]
    assert own("/r/s-d1-b-2") == ["/r/s-d1-b-2"]
    with transaction() as session:
        wrong = newest_edition(session, department.busy, Showing(MONDAY.date()))
        assert wrong is not None
        keep_edition(session, correct_edition(session, wrong, "error", {"hi": "भूल", "en": "Mistake"}), MONDAY)
    assert own(f"{today}/1?lang=en") == [f"{today}/1?lang=en"]
    assert own(today) == own(f"{today}/2") == [station]


def test_a_link_shows_place_and_day_and_no_figure_that_people_chose_to_say(reader: Reader) -> None:
    head = unescape(reader.get("/r/s-d1-b-1?lang=en").text).split("</head>")[0]
    assert '<meta property="og:title" content="Paheli Station · Results of 30 November 2026">' in head
    assert "What people answered about this place: Paheli Station." in head
    assert "in 100" not in head
    waiting = unescape(reader.get("/r/s-d1-b-2?lang=en").text).split("</head>")[0]
    assert '<meta property="og:title" content="Jugnu Station · No results yet">' in waiting


@pytest.mark.parametrize("is_certified", [True, False])
def test_a_certified_figure_stands_beside_a_link_and_no_other(
    app: Flask, reader: Reader, department: Department_, is_certified: bool
) -> None:
    with transaction() as session:
        version = session.query(SurveyVersion).one()
        given = [{"overall": 5 if n < 60 else 2} for n in range(100)]
        quiet = session.get_one(Place, department.quiet)
        add_responses(session, quiet, version, WEEK, given, channel=Channel.INVITE)
        row = add_asked(session, quiet, version, WEEK - timedelta(days=7), WEEK + timedelta(days=60))
        if is_certified:
            about = [("list", row.id), ("draw", row.id)]
            keep_whole(session, WEEK - timedelta(days=14), MONDAY + timedelta(days=7), about)
        session.flush()
        publish_releases(session, MONDAY + timedelta(days=6, hours=22))
    make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
    app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
    head = unescape(reader.get("/r/s-d1-b-2?lang=en").text).split("</head>")[0]
    told = 'content="How was overall? good (the two best answers): about 60 in 100, between 50 and 69. What'
    assert (told in head) is is_certified


def test_search_engines_find_every_public_page_and_no_other(reader: Reader) -> None:
    def listed() -> list[str]:
        return re.findall(r"<loc>http://localhost([^<]+)</loc>", reader.get("/sitemap.xml").text)

    about = ["/", "/privacy", "/accessibility", "/about/figures", "/r/receipts", "/r/rounds"]
    assert listed() == [*about, "/r", "/r/data", "/r/s", "/r/s-d1", "/r/s-d1-b-1", "/r/s-d1-b-2"]
    assert "Sitemap: http://localhost/sitemap.xml" in reader.get("/robots.txt").text
    assert all(reader.get(path).status_code == 200 for path in listed())
    with transaction() as session:
        decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
    assert listed() == [*about, "/r", "/r/data", "/r/s", "/r/s-d1"]
    with transaction() as session:
        decide_public_results(session, Depth.NONE, MONDAY.date(), None, MONDAY)
    assert listed() == about
