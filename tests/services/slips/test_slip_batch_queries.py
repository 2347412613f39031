"""Batches read: what became of the slips of each place, and of no other batch."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.slips.slip_batch import Counts
from app.services.slips.slip_batch_queries import get_batch, list_batches
from tests.factories import add_place, add_survey
from tests.services.slips.issued import IN_PACK, cancel, issue_packs, use

TODAY = date(2026, 11, 23)


def test_each_place_of_a_batch_has_counts_of_its_own(any_session: Session) -> None:
    district, version = add_place(any_session, kind="district"), add_survey(any_session)
    one, other = (add_place(any_session, parent=district, name_en=name) for name in ("One", "Other"))
    batch_id, (of_one, of_other) = issue_packs(any_session, district, version, {one: 2, other: 1})
    _, (elsewhere,) = issue_packs(any_session, district, version, {one: 3})
    use(any_session, of_one, 1, 5)
    use(any_session, of_other, 3, 2)
    cancel(any_session, of_other, 3, 4)
    use(any_session, elsewhere, 1, 7)
    cancel(any_session, elsewhere, 2)
    batch = get_batch(any_session, batch_id, TODAY)
    assert [(part.place.en, part.number, part.first_pack, part.last_pack, part.counts) for part in batch.parts] == [
        ("One", of_one.number, 1, 2, Counts(issued=2 * IN_PACK, used=5)),
        ("Other", of_other.number, 3, 3, Counts(issued=IN_PACK, used=2, cancelled=4)),
    ]
    assert batch.counts == Counts(issued=3 * IN_PACK, used=7, cancelled=4)


def test_slips_expire_after_their_last_day_but_for_those_that_were_cancelled(any_session: Session) -> None:
    station = add_place(any_session)
    batch_id, (part,) = issue_packs(any_session, station, add_survey(any_session), {station: 2}, expires_on=TODAY)
    cancel(any_session, part, 1)
    assert get_batch(any_session, batch_id, TODAY).counts.expired == 0
    assert get_batch(any_session, batch_id, TODAY + timedelta(days=1)).counts.expired == IN_PACK


def test_a_pack_is_called_cancelled_once_all_of_it_is(any_session: Session) -> None:
    station, version = add_place(any_session), add_survey(any_session)
    batch_id, (part,) = issue_packs(any_session, station, version, {station: 3})
    _, (elsewhere,) = issue_packs(any_session, station, version, {station: 3})
    cancel(any_session, part, 2)
    cancel(any_session, part, 3, IN_PACK - 1)
    cancel(any_session, elsewhere, 1)
    assert get_batch(any_session, batch_id, TODAY).cancelled_packs == (2,)


def test_batches_are_listed_for_these_places_the_newest_first(session: Session) -> None:
    mine, other = add_place(session), add_place(session)
    version = add_survey(session)
    first, foreign, second = (issue_packs(session, place, version, {place: 1})[0] for place in (mine, other, mine))
    assert [batch.id for batch in list_batches(session, {mine.id}, TODAY)] == [second, first]
    with pytest.raises(Problem, match=r"slip_batch\.unknown"):
        get_batch(session, foreign + second, TODAY)
