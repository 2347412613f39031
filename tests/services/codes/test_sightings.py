"""What was found on patrol: kept as it was found, once a day, for each code apart."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.sighting import Finding
from app.domain.problem import Problem
from app.models import Account, Placement, Sighting
from app.services.codes.sightings import last_sightings, record_sighting
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def poster(session: Session) -> Placement:
    return add_placement(session, add_place(session), add_survey(session))


def test_what_hangs_nowhere_is_not_seen_anywhere(session: Session) -> None:
    link = add_placement(session, add_place(session), add_survey(session), channel=Channel.HANDLE)
    with pytest.raises(Problem, match=r"sighting\.not_hung"):
        record_sighting(session, link.id, Finding.HERE, actor_id=None, now=NOW)


def test_the_last_look_is_kept_and_the_same_one_only_once_a_day(session: Session, poster: Placement) -> None:
    assert last_sightings(session, [poster.id]) == {}
    for _ in range(2):
        record_sighting(session, poster.id, Finding.HERE, actor_id=None, now=NOW)
    assert session.query(Sighting).count() == 1
    for finding in (Finding.MISSING, Finding.HERE):
        assert record_sighting(session, poster.id, finding, actor_id=None, now=NOW).finding is finding
    seen = record_sighting(session, poster.id, Finding.MISSING, actor_id=None, now=LATER)
    assert (seen.finding, seen.seen_on.isoformat()) == (Finding.MISSING, "2026-12-01")
    assert last_sightings(session, [poster.id])[poster.id] == seen


def test_each_code_has_its_own_last_look_and_who_took_it(any_session: Session) -> None:
    place, version = add_place(any_session, kind="state"), add_survey(any_session)
    first, second, never = (add_placement(any_session, place, version).id for _ in range(3))
    columns = {"name": "x", "role": "auditor", "language": "hi", "password_hash": "x", "must_change_password": True}
    patrol = Account(username="patrol", place_id=place.id, **columns)
    any_session.add(patrol)
    any_session.flush()
    record_sighting(any_session, first, Finding.HERE, actor_id=None, now=NOW)
    record_sighting(any_session, first, Finding.HERE, actor_id=patrol.id, now=NOW)
    record_sighting(any_session, second, Finding.MISSING, actor_id=None, now=LATER)
    seen = last_sightings(any_session, [first, second, never])
    assert {id_: (one.finding, one.username) for id_, one in seen.items()} == {
        first: (Finding.HERE, "patrol"),
        second: (Finding.MISSING, None),
    }
    assert last_sightings(any_session, [second]).keys() == {second}
