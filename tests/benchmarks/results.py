"""Results of a state of 1,156 places: what its editions cost, how large and how quick their pages are, and prints.

55 districts, one of them with 40 stations and the others with 20, each station with sixty answers to all questions of
the station visit. Sizes are of pages as they are sent, compressed. Prints are drawn one after the other, as of a month;
the second half must cost what the first does.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

import brotli
from flask import Flask
from sqlalchemy.orm import Session

from app.config import Settings
from app.documents.report_pdf import write_report_pdf
from app.domain.figures.editions.days import Showing
from app.domain.figures.highlights.looks import looks_of
from app.domain.figures.highlights.standing import standing_of
from app.domain.installation.public_results import Depth
from app.jobs.editions import make_editions
from app.models import SurveyVersion
from app.services.figures.editions.like_places import like_places
from app.services.figures.editions.report_choice import read_report
from app.services.figures.releases import publish_releases
from app.services.installation.department_queries import NOBODY
from app.services.installation.public_results import decide_public_results
from app.transaction import reading, transaction
from app.workflows.reports import print_report
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side, peak_memory
from tests.benchmarks.harness.rooms import room, server
from tests.benchmarks.page import cpu_of_a_page, survey
from tests.factories import add_place, add_responses
from tests.factories.figures.reports import longest_report, make_report, make_section

DISTRICTS, LARGE, USUAL = 55, 40, 20
ANSWERS = 60
WEEKS = 4
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = date(2026, 9, 21)
PRINTS = 40
REPORTS = {
    "fewer than ten so far": make_report(),
    "usual": make_report(make_section()),
    "longest": longest_report(),
}


def figures() -> Iterator[Figure]:
    yield from _prints_by_hand()
    with room(survey()) as place:
        place.app.config["CLOCK"] = lambda: NOW
        with transaction() as session:
            district, others = _state(session, place.survey_version)
        with transaction() as session:
            publish_releases(session, NOW)
        with peak_memory() as grown:
            spent = _cpu(partial(make_editions, NOW))
            yield Figure("editions, 1,156 places", spent, "s CPU", 60)
            yield Figure("editions, memory above idle", grown(), "MB", 60)
        yield from _pages(place.app, place.settings)
        yield from _office(district)
        yield from _row_of_prints(others)


def _prints_by_hand() -> Iterator[Figure]:
    write = partial(write_report_pdf, department=NOBODY, language="hi")
    runs = {name: partial(write, report) for name, report in REPORTS.items()}
    # Idle is before the first report: what fonts and style sheets cost for good counts too.
    with peak_memory() as grown:
        for name, run in runs.items():
            run()
            yield Figure(f"print, {name}, above idle", grown(), "MB", 60)
    for name, seconds in cpu_side_by_side(runs).items():
        yield Figure(f"print, {name}", seconds, "s CPU", 1)


def _state(session: Session, version_id: int) -> tuple[int, list[int]]:
    """The large district, and the stations of the others."""
    chance = Random(1)  # noqa: S311
    version = session.get_one(SurveyVersion, version_id)
    state = add_place(session, kind="state")
    state.page = "state"
    districts, stations = [], []
    for at in range(DISTRICTS):
        district = add_place(session, kind="district", parent=state)
        district.page = f"d{at}"
        districts.append(district.id)
        for n in range(USUAL if at else LARGE):
            station = add_place(session, parent=district)
            station.page = f"d{at}-{n}"
            stations.append(station.id)
            given = [answer_of(chance) for _ in range(ANSWERS)]
            for week in range(WEEKS):
                add_responses(session, station, version, FIRST + timedelta(weeks=week), given[week::WEEKS])
        decide_public_results(session, Depth.STATION, NOW.date(), None, NOW)
    session.flush()
    return districts[0], stations[LARGE:]


def answer_of(chance: Random) -> dict[str, object]:
    """All fifteen questions, as a citizen with a complaint gives them."""
    scale = partial(chance.randint, 1, 5)
    return {
        "purpose": "complaint",
        "respect": scale(),
        "heard": scale(),
        "extra_money": chance.choice(("no", "no", "no", "hinted")),
        "satisfied": scale(),
        "watched": "no",
        "waiting": chance.choice(("under_15", "under_60", "under_180")),
        "taken": "complaint_taken",
        "free_copy": "free",
        "explained": scale(),
        "pressure": chance.choice(("no", "no", "yes")),
        "equal": "yes",
        "safe": scale(),
        "facilities": {"cleanliness": scale(), "seating": scale(), "water": scale(), "toilet": scale()},
        "change": chance.sample(("waiting", "manners", "updates", "no_money", "facilities"), 2),
    }


def _pages(app: Flask, settings: Settings) -> Iterator[Figure]:
    client = app.test_client()
    for name, path, budget in (
        ("a station", "/r/d0-0", 9),
        ("a district of 40", "/r/d0", 11),
        ("a station over time", "/r/d0-0/trends", 11),
    ):
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} was answered by {answer.status_code}")
        yield Figure(f"page of {name}", len(brotli.compress(answer.data)) / 1000, "kB", budget)
    with server(settings) as web:
        yield Figure("page of a station, server", cpu_of_a_page(web, "/r/d0-0") * 1e3, "ms CPU", 1.5)


def _office(district: int) -> Iterator[Figure]:
    def look() -> None:
        with reading() as session:
            report, _ = read_report(session, district, None, None, NOW)
            standing = standing_of(report) if report else None
            if report is None or standing is None:
                raise RuntimeError("the district has no results")
            places = like_places(session, district, report.survey_slug, standing, Showing(NOW.date()), NOW.date(), "en")
            if len(places) != LARGE:
                raise RuntimeError(f"{len(places)} stations instead of {LARGE}")
            looks_of(standing, places)

    yield Figure("three places to look, 40 stations", cpu_side_by_side({"look": look})["look"] * 1e3, "ms CPU", 60)


def _row_of_prints(stations: list[int]) -> Iterator[Figure]:
    print_report(stations[0], None, None, "hi", NOW, "http://localhost")
    halves = []
    with peak_memory() as grown:
        for half in (stations[:PRINTS], stations[PRINTS : 2 * PRINTS]):
            halves.append(_cpu(partial(_print_all, half)))
        yield Figure("print of a station, from its edition", sum(halves) / (2 * PRINTS), "s CPU", 1)
        yield Figure("prints, the second half of the first", halves[1] / halves[0], "times", 1.1)
        yield Figure("prints, memory above the first", grown(), "MB", 60)


def _print_all(stations: list[int]) -> None:
    for id_ in stations:
        print_report(id_, None, None, "hi", NOW, "http://localhost")


def _cpu(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began
