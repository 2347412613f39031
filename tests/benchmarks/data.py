"""Open data of a large department: 1,155 places with an edition on each of 52 Mondays.

The edition of a station with sixty answers to all questions of the station visit is kept again and again, under other
places and days: what tables cost follows from how many editions there are and how long, not from what they say. Making
them is what the worker does once after a Monday; the table of figures is what a reader takes.
"""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.tables import FIGURES
from app.domain.figures.editions.stored import EditionJson
from app.domain.installation.public_results import Depth
from app.jobs.editions import make_editions, make_tables
from app.models import Edition, EditionDay, SurveyVersion
from app.services.dialogue.open_data.kept_tables import kept_year
from app.services.dialogue.open_data.scope import scope_at
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.record.editions import fingerprint
from app.transaction import reading, transaction
from tests.benchmarks.harness.measure import Figure, peak_memory
from tests.benchmarks.harness.rooms import room
from tests.benchmarks.page import survey
from tests.benchmarks.results import answer_of
from tests.factories import add_place, add_responses

PLACES, MONDAYS = 1_155, 52
NOW = datetime(2026, 12, 28, 6, tzinfo=UTC)
ANSWERS, WEEKS = 60, 4


def figures() -> Iterator[Figure]:
    with room(survey()) as place:
        place.app.config["CLOCK"] = lambda: NOW
        with transaction() as session:
            document = _sample(session, place.survey_version)
        _fill(document)
        instance = Path(place.app.instance_path)
        with peak_memory() as grown:
            yield Figure("tables of a year, made", _cpu(lambda: make_tables(instance, NOW)), "s CPU", 120)
            yield Figure("tables of a year, memory above idle", grown(), "MB", 60)
        yield Figure("tables of a year, nothing new", _cpu(lambda: make_tables(instance, NOW)) * 1e3, "ms CPU", 50)
        with reading() as session:
            kept = kept_year(session, instance, NOW.year, scope_at(session, NOW))[FIGURES.name]
        yield Figure("figures of a year, lines", kept.measured.lines / 1e6, "million")
        yield Figure("figures of a year, as they read", kept.measured.size / 1e6, "MB")
        yield Figure("figures of a year, packed", kept.packed.stat().st_size / 1e6, "MB", 60)
        yield from _read(place.app)


def _sample(session: Session, version_id: int) -> EditionJson:
    """What a station's edition says."""
    chance = Random(1)  # noqa: S311
    version, state = session.get_one(SurveyVersion, version_id), add_place(session, kind="state")
    station = add_place(session, parent=state)
    for week in range(WEEKS):
        given = [answer_of(chance) for _ in range(ANSWERS)]
        add_responses(session, station, version, date(2026, 9, 21) + timedelta(weeks=week), given)
    decide_public_results(session, Depth.STATION, NOW.date(), None, NOW)
    session.flush()
    publish_releases(session, NOW)
    session.commit()
    make_editions(NOW)
    with reading() as other:
        text = other.scalars(select(Edition.document).where(Edition.place_id == station.id)).one()
    document: EditionJson = json.loads(text)
    return document


def _fill(document: EditionJson) -> None:
    days = [NOW.date() - timedelta(weeks=at) for at in reversed(range(MONDAYS))]
    with transaction() as session:
        for day in days[:-1]:
            session.add(EditionDay(due_on=day, last_release_id=0, finished_at=NOW))
        state = add_place(session, kind="state")
        for at in range(PLACES):
            place = add_place(session, parent=state)
            place.page = f"p-{at}"
            session.flush()
            session.execute(insert(Edition), [_edition(document, place.id, f"p-{at}", day) for day in days])


def _edition(document: EditionJson, place_id: int, code: str, day: date) -> dict[str, object]:
    told = {**document, "place": code, "due_on": day.isoformat()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    columns = {"place_id": place_id, "due_on": day, "number": 1, "made_at": NOW, "document": text}
    return {**columns, "digest": fingerprint(text)}


def _read(app: Flask) -> Iterator[Figure]:
    """What the server spends on a reader, one by one: as a browser asks, unpacked, and who has it already."""
    client = app.test_client()
    etag = ""
    for name, header in (("packed", "gzip"), ("unpacked", "identity")):
        began = time.process_time()
        answer = client.get("/r/data/figures-2026.csv", headers={"Accept-Encoding": header}, buffered=False)
        for _ in answer.iter_encoded():
            pass
        answer.close()
        etag = answer.headers["ETag"]
        yield Figure(f"figures of a year, sent {name}", time.process_time() - began, "s CPU")
    again = {"Accept-Encoding": "identity", "If-None-Match": etag}
    spent = _cpu(lambda: client.get("/r/data/figures-2026.csv", headers=again))
    yield Figure("figures of a year, asked for again", spent * 1e3, "ms CPU", 50)
    spent = _cpu(lambda: client.get("/r/data/datapackage.json"))
    yield Figure("description, first time", spent, "s CPU", 2)
    spent = _cpu(lambda: client.get("/r/feed.atom"))
    yield Figure("feed, first time", spent, "s CPU", 1)


def _cpu(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began
