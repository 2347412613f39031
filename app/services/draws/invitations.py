"""The invitations of a draw: one batch for all who were drawn, with decoys that nobody gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.draws.draw import INVITED_ALREADY, NOT_INVITED
from app.domain.draws.invitation import Invitation, pair_cases
from app.domain.problem import Problem
from app.domain.slips.slip_batch import Assurance, SlipBatchOrder
from app.formats.crypto.tokens import TokenSigner
from app.models import SlipBatch
from app.services.codes.code_reader import CodeReader
from app.services.draws.case_lists import hold_list
from app.services.slips.slip_batches import make_batch


@dataclass(frozen=True, slots=True)
class InvitationOrder:
    """What those who were drawn are asked, and until when. `key_id` is the newest signing key."""

    list_id: int
    survey_id: int
    expires_on: date
    key_id: int
    actor_id: int | None = None


def make_invitations(
    session: Session,
    order: InvitationOrder,
    drawn: Sequence[bytes],
    *,
    address: str,
    signer: TokenSigner,
    codes: CodeReader,
    now: datetime,
) -> tuple[int, tuple[Invitation, ...]]:
    """Make the batch of a draw, once; its id, and every link with its case, this once. `drawn` are its cases.

    Problems `draw.…`, and those of a batch; then nothing is made.
    """
    row = hold_list(session, order.list_id)
    if row.evidence != Evidence.INVITED.value:
        raise Problem(NOT_INVITED)
    if session.scalar(select(SlipBatch.id).where(SlipBatch.list_id == row.id)) is not None:
        raise Problem(INVITED_ALREADY)
    batch = SlipBatchOrder(
        channel=Channel.INVITE,
        place_id=row.place_id,
        survey_id=order.survey_id,
        counts={row.place_id: row.draw + row.decoys},
        expires_on=order.expires_on,
        key_id=order.key_id,
        actor_id=order.actor_id,
        # Without every group taken out the list would not have been closed.
        assured=frozenset(Assurance),
        list_id=row.id,
        decoys=row.decoys,
    )
    batch_id, made = make_batch(session, batch, address=address, signer=signer, codes=codes, now=now)
    return batch_id, pair_cases(made, drawn)
