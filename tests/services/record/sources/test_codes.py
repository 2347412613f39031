"""Codes in the record: a mark for each that hangs, no more than packs of those that are handed out."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.record.code_mark import code_mark
from app.formats.crypto.tokens import TokenSigner
from app.models import SlipBatch, SlipBatchPart
from app.services.record.log.entries import enter
from app.services.record.sources.codes import new_code_ends, new_codes
from tests.factories import add_place, add_placement, add_survey
from tests.fixtures.secrets import SECRETS

DAY = date(2026, 6, 15)
SIGN = TokenSigner(SECRETS.signing).sign


def test_a_printed_code_has_its_mark_and_no_spot(session: Session) -> None:
    version, place = add_survey(session, slug="visit"), add_place(session, code="S-1")
    poster = add_placement(session, place, version, hung_at="Beside the big tree", expires_on=date(2027, 1, 1))
    add_placement(session, place, version, channel=Channel.KIOSK)
    counter = add_placement(session, place, version, channel=Channel.COUNTER)
    told = {entry.about_id: dict(entry.content) for entry in new_codes(session, SIGN, 10)}
    assert told == {
        poster.id: {
            "channel": "poster",
            "place": "S-1",
            "survey": "visit",
            "number": poster.number,
            "mark": code_mark(SIGN(Token(Channel.POSTER, 0, poster.id))),
            "until": "2027-01-01",
        },
        counter.id: {"channel": "counter", "place": "S-1", "survey": "visit", "number": counter.number},
    }


def test_of_slips_packs_are_told(session: Session) -> None:
    version, place = add_survey(session, slug="visit"), add_place(session, code="S-1")
    slips = add_placement(session, place, version, channel=Channel.SLIP, expires_on=date(2026, 9, 1))
    columns = {"survey_id": version.survey_id, "place_id": place.id, "issued_on": DAY, "expires_on": date(2026, 9, 1)}
    batch = SlipBatch(channel="slip", **columns)
    session.add(batch)
    session.flush()
    session.add(SlipBatchPart(placement_id=slips.id, batch_id=batch.id, size=50, first_pack=1, last_pack=3))
    session.flush()
    (told,) = new_codes(session, SIGN, 10)
    assert told.content == {
        "channel": "slip",
        "place": "S-1",
        "survey": "visit",
        "batch": batch.id,
        "packs": 3,
        "until": "2026-09-01",
    }


def test_an_end_is_told_once_and_only_of_what_was_told(session: Session) -> None:
    version, place = add_survey(session, slug="visit"), add_place(session, code="S-1")
    code = add_placement(session, place, version)
    code.retired_at, code.compromised_on = datetime(2026, 6, 14, 20, tzinfo=UTC), date(2026, 6, 13)
    session.flush()
    assert new_code_ends(session, SIGN, 10) == []
    enter(session, new_codes(session, SIGN, 10), DAY)
    ends = new_code_ends(session, SIGN, 10)
    # The evening in London is the next day in India.
    assert [dict(end.content) for end in ends] == [
        {"number": code.number, "place": "S-1", "how": "retired", "since": "2026-06-15"},
        {"number": code.number, "place": "S-1", "how": "compromised", "since": "2026-06-13"},
    ]
    enter(session, ends, DAY)
    assert new_codes(session, SIGN, 10) == new_code_ends(session, SIGN, 10) == []
