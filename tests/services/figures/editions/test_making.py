"""What an edition is made of, and what waits."""

import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.models import Arrival, EditionDay, Response
from app.services.figures.editions.making import (
    correct_edition,
    ground_of,
    make_edition,
    newest_release_id,
    places_with_news,
)
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.record.editions import StoredEdition, keep_edition
from app.services.surveys.surveys import close_survey
from tests.factories import add_responses, add_survey, definition, question
from tests.factories.figures.desk import NOW, WEEK, Desk

DUE = date(2026, 11, 23)


def freeze(session: Session, place_id: int, due_on: date = DUE) -> StoredEdition | None:
    if session.get(EditionDay, due_on) is None:
        session.add(EditionDay(due_on=due_on, last_release_id=newest_release_id(session), finished_at=NOW))
        session.flush()
    made = make_edition(session, place_id, ground_of(session, due_on, newest_release_id(session)))
    return made and keep_edition(session, made, NOW)


def test_a_place_above_has_one_of_its_own_and_none_is_made_twice(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    ground = ground_of(any_session, DUE, newest_release_id(any_session))
    assert places_with_news(any_session, ground) == sorted((desk.district.id, desk.station.id))
    for place in (desk.station, desk.district):
        edition = freeze(any_session, place.id)
        assert edition is not None
        report = edition_report(any_session, edition, "visit", DUE)
        assert report.sections == desk.report("all", place).sections
        assert freeze(any_session, place.id) is None
        assert freeze(any_session, place.id, date(2026, 11, 30)) is None
    with pytest.raises(Problem, match=r"report\.survey_unknown"):
        edition_report(any_session, edition, "nothing", DUE)


def test_a_poll_enters_none_while_it_is_open(any_session: Session) -> None:
    desk = Desk(any_session)
    poll = add_survey(any_session, definition([question("first", "scale")], kind="poll"), slug="poll")
    add_responses(any_session, desk.station, poll, WEEK, [{"first": 4}] * 40)
    desk.report()
    assert freeze(any_session, desk.station.id) is None
    close_survey(any_session, "poll", actor_id=None, now=NOW)
    edition = freeze(any_session, desk.station.id)
    assert edition is not None
    assert edition_surveys(edition) == ["poll"]


def test_what_came_after_it_was_begun_waits(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    before = newest_release_id(any_session)
    desk.answer([{"overall": 4}] * 40, week=1)
    desk.report()
    made = make_edition(any_session, desk.station.id, ground_of(any_session, DUE, before))
    assert made is not None
    assert len(made.taken_in) == 1


def test_none_is_corrected_while_the_next_waits_for_its_hour(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    wrong = freeze(any_session, desk.station.id, date(2026, 11, 16))
    assert wrong is not None
    desk.answer([{"overall": 4}] * 40, week=1)
    desk.report()
    assert freeze(any_session, desk.station.id) is not None
    with pytest.raises(Problem, match=r"edition\.next_made"):
        correct_edition(any_session, wrong, "error", {"en": "x"})


def test_a_correction_is_of_the_same_releases_whatever_is_held_back_by_now(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    wrong = freeze(any_session, desk.station.id)
    assert wrong is not None
    one = any_session.scalars(select(Response)).first()
    assert one is not None
    arrived = {"arrived_at": NOW, "placement_id": one.placement_id, "body_digest": b"x" * 32}
    any_session.add(Arrival(response_id=one.id, **arrived))
    any_session.flush()
    corrected = correct_edition(any_session, wrong, "error", {"en": "x"})
    assert json.loads(corrected.text)["surveys"] == json.loads(wrong.text)["surveys"]
