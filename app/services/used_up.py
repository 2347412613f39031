"""What may be used once, and is used up by a response that was stored: a device's number, a slip's serial.

Only for what was stored just now: a repeated sending carries what it carried the first time. Each way is a
function from the fresh responses to the reasons that set some of them aside.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.capture import Reason
from app.services.judged import Judged
from app.services.redemptions import redeem_serials
from app.services.sequences import record_sequences

Way = Callable[[Session, Sequence[Judged]], Mapping[UUID, Reason]]


def use_up(session: Session, fresh: Sequence[Judged]) -> list[Judged]:
    """The fresh responses with every reason that lies in what they used up. In the caller's transaction."""
    for way in _WAYS:
        reasons = way(session, fresh)
        if reasons:
            fresh = [
                replace(item, reasons=(*item.reasons, reasons[item.incoming.id]))
                if item.incoming.id in reasons
                else item
                for item in fresh
            ]
    return list(fresh)


def _numbers(session: Session, fresh: Sequence[Judged]) -> Mapping[UUID, Reason]:
    """Numbers of devices. One that was used before sets its response aside."""
    numbers = {item.incoming.id: proof.number for item in fresh if (proof := item.incoming.proof) and proof.number}
    if not numbers:
        return {}
    new = record_sequences(session, list(numbers.values()))
    return {id_: Reason.SEQUENCE_USED for id_, is_new in zip(numbers, new, strict=True) if not is_new}


def _serials(session: Session, fresh: Sequence[Judged]) -> Mapping[UUID, Reason]:
    """Serials of slips and invitations: of several responses with one, the first that is stored counts."""
    marks = {item.incoming.id: item.mark for item in fresh if item.mark is not None}
    if not marks:
        return {}
    found = redeem_serials(session, list(marks.values()))
    return {id_: reason for id_, reason in zip(marks, found, strict=True) if reason is not None}


#: in one order for all, since they lock what they use up
_WAYS: tuple[Way, ...] = (_numbers, _serials)
