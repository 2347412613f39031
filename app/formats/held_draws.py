"""What is held of a draw for an hour: a list before it is closed, and invitations after they are made."""

import msgspec

from app.domain.draws.case_list import ListOrder
from app.domain.draws.invitation import Invitation


def write_order(order: ListOrder) -> bytes:
    return msgspec.json.encode(order)


def read_order(content: bytes) -> ListOrder:
    """What was written; ValueError for anything else."""
    return msgspec.json.decode(content, type=ListOrder)


def write_invitations(made: tuple[Invitation, ...]) -> bytes:
    return msgspec.json.encode(made)


def read_invitations(content: bytes) -> tuple[Invitation, ...]:
    """What was written; ValueError for anything else."""
    return msgspec.json.decode(content, type=tuple[Invitation, ...])
