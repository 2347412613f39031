"""What is used up by a response that was stored: a device's number, a slip's serial, a place at a screen's code.

Only for what was stored just now: a repeated sending carries what it carried the first time. Each way is a
function from the fresh responses to the reasons that set some of them aside.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.codes.counter_code import week_shown
from app.domain.responses.reason import Reason
from app.services.codes.counter_slots import take_slots
from app.services.devices.sequences import record_sequences
from app.services.responses.judged_response import JudgedResponse
from app.services.slips.used_serials import redeem_serials

Claim = Callable[[Session, Sequence[JudgedResponse]], Mapping[UUID, Reason]]


def claim_single_uses(session: Session, fresh: Sequence[JudgedResponse]) -> list[JudgedResponse]:
    """The fresh responses with every reason that lies in what they used up. In the caller's transaction."""
    for way in _CLAIMS:
        reasons = way(session, fresh)
        if reasons:
            fresh = [
                replace(item, reasons=(*item.reasons, reasons[item.incoming.id]))
                if item.incoming.id in reasons
                else item
                for item in fresh
            ]
    return list(fresh)


def _numbers(session: Session, fresh: Sequence[JudgedResponse]) -> Mapping[UUID, Reason]:
    """Numbers of devices. One that was used before sets its response aside."""
    numbers = {item.incoming.id: proof.number for item in fresh if (proof := item.incoming.proof) and proof.number}
    if not numbers:
        return {}
    new = record_sequences(session, list(numbers.values()))
    return {id_: Reason.SEQUENCE_USED for id_, is_new in zip(numbers, new, strict=True) if not is_new}


def _serials(session: Session, fresh: Sequence[JudgedResponse]) -> Mapping[UUID, Reason]:
    """Serials of slips and invitations: of several responses with one, the first that is stored counts."""
    marks = {item.incoming.id: item.mark for item in fresh if item.mark is not None}
    if not marks:
        return {}
    found = redeem_serials(session, list(marks.values()))
    return {id_: reason for id_, reason in zip(marks, found, strict=True) if reason is not None}


def _slots(session: Session, fresh: Sequence[JudgedResponse]) -> Mapping[UUID, Reason]:
    """Codes of counter screens: what would be counted takes one of two places, and there is no third.

    What is set aside for another reason takes none, or a spoiler could crowd out whoever stands at the counter.
    """
    wanted = {
        item.incoming.id: (item.code_mark, week_shown(item.incoming.token.time_step))
        for item in fresh
        if item.code_mark is not None and item.incoming.token.time_step is not None and not item.reasons
    }
    if not wanted:
        return {}
    taken = take_slots(session, list(wanted.values()))
    return {id_: Reason.CODE_CROWDED for id_, is_taken in zip(wanted, taken, strict=True) if not is_taken}


#: in one order for all, since they lock what they use up; the last one sees what the others found
_CLAIMS: tuple[Claim, ...] = (_numbers, _serials, _slots)
