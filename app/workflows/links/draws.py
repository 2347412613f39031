"""A list of cases from its upload to its closing, its draw, and the links of it until they are sent.

What is closed is what was looked at: it waits in the instance meanwhile, and never travels through a browser.
"""

import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.draws.case_list import SALT_BYTES, ListOrder, root_over
from app.domain.draws.draw import digest_of, positions_of, read_seed
from app.domain.draws.invitation import Invitation
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from app.formats.held_draws import read_invitations, read_order, write_invitations, write_order
from app.services import held_files
from app.services.codes.code_reader import CodeReader
from app.services.draws.case_lists import close_list, require_closable
from app.services.draws.draws import drawn_cases, keep_draw, require_drawable
from app.services.draws.invitations import InvitationOrder, make_invitations
from app.services.held_files import HeldKind
from app.services.slips.slip_batches import without_cancelled
from app.transaction import reading, transaction
from app.workflows.links.holding import make_and_hold


def hold_order(instance: Path, order: ListOrder, *, owner: int, now: datetime) -> str:
    """The name under which an order waits to be confirmed; Problems `case_list.…` if it will not do."""
    with reading() as session:
        require_closable(session, order, now)
    return held_files.store(instance, write_order(order), kind=HeldKind.LIST, owner=owner, now=now)


def take_held_order(instance: Path, token: str, *, owner: int, now: datetime) -> ListOrder:
    """Problem `file.gone` after an hour, and for anybody else."""
    return held_files.read_as(read_order, instance, token, kind=HeldKind.LIST, owner=owner, now=now)


def close_held_list(instance: Path, token: str, *, owner: int, now: datetime) -> int:
    """Close the list that waits under this name, with random bytes for each case; its id. Then it waits no more.

    Problems `file.gone` and `case_list.…`.
    """
    order = take_held_order(instance, token, owner=owner, now=now)
    # Hundreds of thousands of hashes, before the write lock is taken.
    salts = secrets.token_bytes(SALT_BYTES * order.cases)
    root = root_over(order.digests, salts)
    with transaction() as session:
        list_id = close_list(session, order, salts, root, actor_id=owner, now=now)
    held_files.discard(instance, token, owner=owner, now=now)
    return list_id


def draw_from_list(list_id: int, text: str, *, keeps_record: bool, actor_id: int | None, now: datetime) -> None:
    """Draw by the seed that was typed; Problems `draw.…`, and then nothing is drawn."""
    with reading() as session:
        found = require_drawable(session, list_id, keeps_record=keeps_record, now=now)
    seed = read_seed(found.seed_from, text)
    # A list never changes, so what follows from it and the seed is found before the write lock is taken.
    positions = digest_of(positions_of(seed, found.cases, found.drawn))
    with transaction() as session:
        keep_draw(session, list_id, seed, positions, keeps_record=keeps_record, actor_id=actor_id, now=now)


def make_held_invitations(
    order: InvitationOrder,
    *,
    owner: int,
    instance: Path,
    address: str,
    signer: TokenSigner,
    codes: CodeReader,
    now: datetime,
) -> str:
    """Make the invitations of a draw; the name under which their links are held. Either both are kept or none."""
    with reading() as session:
        drawn = drawn_cases(session, order.list_id)

    def make(session: Session) -> tuple[int, bytes]:
        id_, made = make_invitations(session, order, drawn, address=address, signer=signer, codes=codes, now=now)
        return id_, write_invitations(made)

    _, token = make_and_hold(instance, make, kind=HeldKind.INVITATIONS, owner=owner, now=now)
    return token


def take_held_invitations(
    batch_id: int, token: str, *, owner: int, instance: Path, codes: CodeReader, now: datetime
) -> tuple[Invitation, ...]:
    """Those of the batch that have not been cancelled since. Problems `file.gone` and `slip_batch.…`."""
    kind = HeldKind.INVITATIONS
    made = held_files.read_as(read_invitations, instance, token, kind=kind, owner=owner, now=now)
    with reading() as session:
        left = set(without_cancelled(session, batch_id, [one.slip for one in made], codes))
    return tuple(one for one in made if one.slip in left)


def held_invitations(batch_id: int, *, owner: int, instance: Path, codes: CodeReader, now: datetime) -> str | None:
    """The name under which the links of a batch still wait for whoever made them."""
    for token in held_files.tokens_of(instance, kind=HeldKind.INVITATIONS, owner=owner, now=now):
        with suppress(Problem):
            take_held_invitations(batch_id, token, owner=owner, instance=instance, codes=codes, now=now)
            return token
    return None
