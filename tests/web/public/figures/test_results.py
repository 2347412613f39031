"""Results as anybody reads them: which are public, from when on, and that page, files and print say the same."""

import csv
import hashlib
import io
import json
import re
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.figures.editions.days import day_to_show
from app.domain.installation.public_results import Depth
from app.domain.surveys.reading import SurveyReading
from app.domain.weeks import IST
from app.jobs.editions import make_editions
from app.models import Department, EditionDay, Place, SurveyVersion
from app.services.figures.editions.making import correct_edition
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.record.editions import keep_edition, newest_edition
from app.services.surveys.readings import add_reading
from app.transaction import reading, transaction
from tests.factories import add_place, add_responses, add_survey
from tests.fixtures.accounts import SignIn

MONDAY = datetime(2026, 11, 30, 11, tzinfo=IST)
WEEK = date(2026, 8, 3)


@dataclass
class Department_:
    state: int
    busy: int
    quiet: int


@pytest.fixture
def department(app: Flask) -> Department_:
    """A state with a district and two stations: one with four hundred answers, one with nine. All is public."""
    app.config["CLOCK"] = lambda: MONDAY
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        session.add(EditionDay(due_on=date(2026, 11, 23), last_release_id=0, finished_at=MONDAY))
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State", code="S")
        district = add_place(session, kind="district", parent=state, name_en="District One", code="S.D1")
        busy = add_place(session, parent=district, name_hi="थाना पहेली", name_en="Paheli Station", code="S.D1/B-1")
        quiet = add_place(session, parent=district, name_hi="थाना जुगनू", name_en="Jugnu Station", code="S.D1/B-2")
        for place, page in ((state, "s"), (district, "s-d1"), (busy, "s-d1-b-1"), (quiet, "s-d1-b-2")):
            place.page = page
        version = add_survey(session, slug="visit")
        for week in range(4):
            given = [{"overall": 5 if n < 60 + week else 2, "purpose": "complaint"} for n in range(100)]
            add_responses(session, busy, version, WEEK + timedelta(weeks=week), given)
        add_responses(session, quiet, version, WEEK, [{"overall": 1}] * 9)
        session.flush()
        publish_releases(session, MONDAY - timedelta(hours=2))
        decide_public_results(session, Depth.STATION, MONDAY.date(), None, MONDAY)
        made = Department_(state.id, busy.id, quiet.id)
    make_editions(MONDAY - timedelta(minutes=30))
    return made


class Reader:
    """A browser; each of its requests is one by itself, as in a server, though the test has a context of its own."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, address: str) -> TestResponse:
        with self._client.application.app_context():
            return self._client.get(address)


@pytest.fixture
def reader(client: FlaskClient) -> Reader:
    return Reader(client)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<(style|title|head).*?</\1>|<[^>]+>", " ", page, flags=re.S)).split())


@pytest.mark.usefixtures("department")
class TestOpened:
    def test_from_the_first_page_to_a_station(self, reader: Reader) -> None:
        assert 'href="/r?lang=en"' in reader.get("/?lang=en").text
        entry = reader.get("/r?lang=en")
        assert "District One" in text_of(entry.text)
        found = reader.get("/r?lang=en&q=paheli").text
        assert 'href="/r/s-d1-b-1?lang=en"' in found
        page = text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        assert "Results of 30 November 2026" in page
        assert "about 65 in 100" in page
        assert "This is what those who chose to answer said." in page
        assert "no ground for a transfer, a reward or a punishment" in page

    def test_in_hindi_and_in_capitals(self, reader: Reader) -> None:
        page = reader.get("/R/S-D1-B-1")
        assert page.status_code == 200
        assert "30 नवंबर 2026 के नतीजे" in text_of(page.text)
        assert reader.get("/R").status_code == 200

    def test_page_files_and_print_are_one_document(self, reader: Reader, department: Department_) -> None:
        with reading() as session:
            edition = newest_edition(session, department.busy, MONDAY.date())
        assert edition is not None
        address = "/r/s-d1-b-1/2026-11-30"
        document = reader.get(f"{address}.json")
        assert hashlib.sha256(document.data).hexdigest() == edition.digest
        assert document.headers["Access-Control-Allow-Origin"] == "*"
        rows = list(csv.DictReader(io.StringIO(reader.get(f"{address}.csv?lang=en").data.decode("utf-8-sig"))))
        pdf = pypdfium2.PdfDocument(reader.get(f"{address}.pdf?lang=en").data)
        printed = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
        pdf.close()
        page = text_of(reader.get(f"{address}?lang=en").text)
        for said in (page, printed, next(row["words"] for row in rows if row["figure"] == "digest")):
            assert edition.digest in said
        shares = [row for row in rows if row["figure"] == "share" and row["kind"] == "about"]
        assert shares
        for row in shares:
            assert row["words"] in page
        section = json.loads(document.data)["surveys"][0]["sections"][0]
        told = {cell["share"].get("percent") for figure in section["questions"] for cell in figure["cells"]}
        assert {int(row["in_100"]) for row in shares} == told - {None}

    def test_page_and_print_of_a_district_say_of_how_many_stations_they_are(
        self, reader: Reader, sign_in: SignIn
    ) -> None:
        told = "Police stations: 2. With results of their own for this time: 1; from the others there are too few"
        assert told in text_of(reader.get("/r/s-d1?lang=en").text)
        assert "Police stations:" not in text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        with closing(pypdfium2.PdfDocument(reader.get("/r/s-d1/2026-11-30.pdf?lang=en").data)) as document:
            assert told in " ".join(document[0].get_textpage().get_text_range().split())
        with reading() as session:
            district = session.query(Place).filter_by(page="s-d1").one().id
        office = sign_in(Role.STATE_ADMIN)
        office.set_cookie("language", "en")
        for period in ("latest", "all"):
            assert told in text_of(office.get(f"/office/reports/{district}?lang=en&period={period}").text)

    def test_a_print_is_made_once_and_anew_when_it_is_gone(self, app: Flask, reader: Reader) -> None:
        address = "/r/s-d1-b-1/2026-11-30.pdf"
        first = reader.get(address).data
        (file,) = (file for file in (app.extensions["samvad.settings"].instance / "editions").glob("*.pdf"))
        file.write_bytes(b"kept")
        assert reader.get(address).data == b"kept"
        file.unlink()
        assert len(reader.get(address).data) == pytest.approx(len(first), rel=0.01)

    def test_under_ten_no_number_and_when_to_look_again(self, reader: Reader) -> None:
        page = text_of(reader.get("/r/s-d1-b-2?lang=en").text)
        assert "No results yet" in page
        assert "7 December 2026" in page
        told = re.sub(r"at least 10 people|\d+ (November|December) 2026|11:00|112", "", page)
        assert not re.search(r"\d", told), told

    def test_what_is_unknown_is_said(self, reader: Reader) -> None:
        for address in ("/r/nowhere", "/r/s-d1-b-1/2026-11-23", "/r/s-d1-b-1/yesterday", "/r/s-d1-b-1/2026-11-23.json"):
            assert reader.get(address).status_code == 404, address
        assert "No place is called" in text_of(reader.get("/r?lang=en&q=zzzz").text)

    def test_a_correction_is_the_first_thing_and_the_old_one_stays_kept(
        self, reader: Reader, department: Department_
    ) -> None:
        with transaction() as session:
            wrong = newest_edition(session, department.busy, MONDAY.date())
            assert wrong is not None
            reason = {"hi": "एक हफ़्ता दो बार गिना गया था।", "en": "One week had been counted twice."}
            keep_edition(session, correct_edition(session, wrong, "error", reason), MONDAY)
        page = text_of(reader.get("/r/s-d1-b-1?lang=en").text)
        assert page.index("One week had been counted twice.") < page.index("in 100")
        trends = reader.get("/r/s-d1-b-1/trends?lang=en").text
        assert text_of(trends).index("One week had been counted twice.") < text_of(trends).index("Results of")
        assert 'href="/r/s-d1-b-1/2026-11-30/1?lang=en"' in trends
        assert json.loads(reader.get("/r/s-d1-b-1/2026-11-30.json").data)["replaces"] == wrong.digest
        # Whoever was told the wrong figures finds them, and that they were wrong.
        assert 'href="/r/s-d1-b-1/2026-11-30/1?lang=en"' in reader.get("/r/s-d1-b-1?lang=en").text
        before = text_of(reader.get("/r/s-d1-b-1/2026-11-30/1?lang=en").text)
        assert before.index("This was corrected") < before.index("in 100")
        assert wrong.digest in before
        kept = reader.get("/r/s-d1-b-1/2026-11-30/1.json").data
        assert hashlib.sha256(kept).hexdigest() == wrong.digest
        assert "This was corrected" not in text_of(reader.get("/r/s-d1-b-1/2026-11-30/2?lang=en").text)
        for unknown in ("3", "0", "99999999999999999999"):
            assert reader.get(f"/r/s-d1-b-1/2026-11-30/{unknown}").status_code == 404

    def test_search_engines_may_show_results_and_what_was_searched_for_not(self, reader: Reader) -> None:
        assert "X-Robots-Tag" not in reader.get("/r/s-d1-b-1").headers
        assert reader.get("/r?q=paheli").headers["X-Robots-Tag"] == "noindex"

    def test_a_page_names_the_one_address_that_it_is_known_by(self, reader: Reader, department: Department_) -> None:
        def own(address: str) -> list[str]:
            found = re.findall(
                r'<link rel="(?:canonical|alternate)".*? href="http://localhost([^"]+)">', reader.get(address).text
            )
            assert not found or found[1:] == [found[0].removesuffix("?lang=en"), f"{found[1]}?lang=en"]
            return found[:1]

        assert own("/R") == ["/r"]
        assert own("/r?q=paheli") == own("/about/figures") == []
        station, today = "/r/s-d1-b-1", "/r/s-d1-b-1/2026-11-30"
        assert own("/R/S-D1-B-1?lang=hi&utm=1") == own(f"{station}/20261130") == own(today) == [station]
        assert own(f"{station}?lang=en") == own(f"{today}?lang=en") == [f"{station}?lang=en"]
        assert own(f"/R{station[2:]}/TRENDS?lang=en") == [f"{station}/trends?lang=en"]
        assert own("/r/s-d1-b-2") == ["/r/s-d1-b-2"]
        with transaction() as session:
            wrong = newest_edition(session, department.busy, MONDAY.date())
            assert wrong is not None
            keep_edition(session, correct_edition(session, wrong, "error", {"hi": "भूल", "en": "Mistake"}), MONDAY)
        assert own(f"{today}/1?lang=en") == [f"{today}/1?lang=en"]
        assert own(today) == own(f"{today}/2") == [station]

    def test_a_link_shows_place_and_day_and_no_figure_that_people_chose_to_say(self, reader: Reader) -> None:
        head = unescape(reader.get("/r/s-d1-b-1?lang=en").text).split("</head>")[0]
        assert '<meta property="og:title" content="Paheli Station · Results of 30 November 2026">' in head
        assert "What people answered about this place: Paheli Station." in head
        assert "in 100" not in head
        waiting = unescape(reader.get("/r/s-d1-b-2?lang=en").text).split("</head>")[0]
        assert '<meta property="og:title" content="Jugnu Station · No results yet">' in waiting

    def test_a_figure_that_may_be_called_the_places_own_stands_beside_a_link(
        self, app: Flask, reader: Reader, department: Department_
    ) -> None:
        with transaction() as session:
            version = session.query(SurveyVersion).one()
            given = [{"overall": 5 if n < 60 else 2} for n in range(100)]
            quiet = session.get_one(Place, department.quiet)
            add_responses(session, quiet, version, WEEK, given, channel=Channel.INVITE)
            session.flush()
            publish_releases(session, MONDAY + timedelta(days=6, hours=22))
        make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
        app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
        head = unescape(reader.get("/r/s-d1-b-2?lang=en").text).split("</head>")[0]
        assert 'content="How was overall? good (the two best answers): about 60 in 100, between 50 and 69. What' in head

    @pytest.mark.usefixtures("department")
    def test_the_main_figure_is_said_in_the_words_of_its_questionnaire(self, reader: Reader, sign_in: SignIn) -> None:
        said = {"en": "were satisfied", "hi": "लोग संतुष्ट थे"}
        with transaction() as session:
            version = session.query(SurveyVersion).one()
            assert add_reading(session, version, SurveyReading({}, {"overall": said}), actor_id=None, now=MONDAY)
            busy = session.query(Place).filter_by(page="s-d1-b-1").one().id
        sentence = r"about \d+ of 100 people were satisfied \(uncertain at least between \d+ and \d+\)"
        assert re.search(sentence, text_of(reader.get("/r/s-d1-b-1?lang=en").text))
        hindi = text_of(reader.get("/r/s-d1-b-1?lang=hi").text)
        assert re.search(r"100 में लगभग \d+ लोग संतुष्ट थे \(ऊपर-नीचे कम से कम \d+ से \d+ तक\)", hindi)
        office = sign_in(Role.STATE_ADMIN)
        office.set_cookie("language", "en")
        assert re.search(sentence, text_of(office.get(f"/office/reports/{busy}?lang=en").text))
        print_of_it = reader.get("/r/s-d1-b-1/2026-11-30.pdf?lang=en").data
        with closing(pypdfium2.PdfDocument(print_of_it)) as document:
            words = " ".join(document[0].get_textpage().get_text_range().split())
        assert re.search(sentence, words)

    def test_every_question_over_time_stands_on_a_page_of_its_own(self, reader: Reader) -> None:
        assert 'href="/r/s-d1-b-1/trends?lang=en"' in reader.get("/r/s-d1-b-1?lang=en").text
        page = reader.get("/r/s-d1-b-1/trends?lang=en").text
        text, document = text_of(page), json.loads(reader.get("/r/s-d1-b-1/2026-11-30.json").data)
        (trend,) = document["surveys"][0]["sections"][0]["trends"]
        assert len(trend["points"]) == 4
        for point in trend["points"]:
            assert f"about {point['share']['percent']} in 100" in text
        # The newest one stands above its line.
        newest = f"<p><b>about {trend['points'][-1]['share']['percent']} in 100"
        assert page.index(newest) < page.index('<circle class="mark"')
        assert page.count('<circle class="mark"') == 4
        assert "These figures alone should be no ground for a transfer, a reward or a punishment." in text
        assert "too few answers for a line" not in text
        assert "No results yet" in text_of(reader.get("/r/s-d1-b-2/trends?lang=en").text)
        assert reader.get("/r/nowhere/trends").status_code == 404

    def test_a_line_of_invited_answers_says_where_it_leaves_its_course(
        self, app: Flask, reader: Reader, department: Department_
    ) -> None:
        with transaction() as session:
            quiet, version = session.get_one(Place, department.quiet), session.query(SurveyVersion).one()
            for week, good in enumerate([36] * 7 + [18]):
                given = [{"overall": 5 if n < good else 2} for n in range(60)]
                add_responses(session, quiet, version, WEEK + timedelta(weeks=week), given, channel=Channel.INVITE)
            session.flush()
            publish_releases(session, MONDAY + timedelta(days=6, hours=22))
        make_editions(MONDAY + timedelta(days=6, hours=23, minutes=30))
        app.config["CLOCK"] = lambda: MONDAY + timedelta(days=7)
        page = reader.get("/r/s-d1-b-2/trends?lang=en").text
        assert "the line lay lower than chance explains on 27 September 2026" in text_of(page)
        assert re.search(r"to 27 September 2026 about 30 in 100.{0,40}lower than chance", text_of(page))
        assert (page.count('<circle class="mark"'), text_of(page).count("lower than chance explains")) == (7, 2)
        print_of_it = reader.get("/r/s-d1-b-2/2026-12-07.pdf?lang=en").data
        with closing(pypdfium2.PdfDocument(print_of_it)) as document:
            words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
        assert "the line lay lower than chance explains on 27 September 2026" in words
        assert "lower than chance explains: 27/9" in words

    def test_search_engines_find_every_public_page_and_no_other(self, reader: Reader) -> None:
        def listed() -> list[str]:
            return re.findall(r"<loc>http://localhost([^<]+)</loc>", reader.get("/sitemap.xml").text)

        about = ["/", "/privacy", "/accessibility", "/about/figures"]
        assert listed() == [*about, "/r", "/r/s", "/r/s-d1", "/r/s-d1-b-1", "/r/s-d1-b-2"]
        assert "Sitemap: http://localhost/sitemap.xml" in reader.get("/robots.txt").text
        assert all(reader.get(path).status_code == 200 for path in listed())
        with transaction() as session:
            decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
        assert listed() == [*about, "/r", "/r/s", "/r/s-d1"]
        with transaction() as session:
            decide_public_results(session, Depth.NONE, MONDAY.date(), None, MONDAY)
        assert listed() == about

    def test_nothing_finer_nor_earlier_for_anybody(self, app: Flask, reader: Reader) -> None:
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
        assert set(links) <= open_pages
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
