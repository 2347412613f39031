"""What became of the links of invitations."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.models import SlipBatch
from app.services.draws.links import Links, count_links, links_of
from tests.factories import add_place, add_survey
from tests.factories.draws.asked_people import RIGHTLY, add_asked, add_batch

FIRST, LAST = date(2026, 8, 31), date(2026, 11, 15)


def test_people_and_decoys_are_counted_apart_and_batches_of_others_by_themselves(any_session: Session) -> None:
    place, version = add_place(any_session, code="S-1"), add_survey(any_session)
    people = replace(RIGHTLY, issued=30, used=12, decoys=5, decoys_used=2)
    row = add_asked(any_session, place, version, FIRST, LAST, people)
    add_batch(
        any_session, place, version, FIRST, LAST, replace(people, issued=4, used=1, decoys=0, decoys_used=0), None
    )
    assert links_of(any_session, row.id) == Links(30, 12, 5, 2, others=1)
    of_place = SlipBatch.place_id == place.id
    assert count_links(any_session, of_place, of=[row.id]) == Links(34, 13, 5, 2, others=1)
    assert links_of(any_session, row.id + 1) == Links()
