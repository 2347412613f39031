"""Slips and invitations of a batch between their making and their print: JSON in the instance, for an hour."""

import msgspec

from app.domain.slips.slip_batch import MadeSlip


def write_slips(made: tuple[MadeSlip, ...]) -> bytes:
    return msgspec.json.encode(made)


def read_slips(content: bytes) -> tuple[MadeSlip, ...]:
    """What was written; ValueError for anything else."""
    return msgspec.json.decode(content, type=tuple[MadeSlip, ...])
