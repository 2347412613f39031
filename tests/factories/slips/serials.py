"""Slips and invitations for tests."""

import secrets

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import SERIAL_BYTES, Token
from app.models import Placement, Serial
from app.services.codes.code_reader import CodeReader


def add_serials(session: Session, placement: Placement, number: int, codes: CodeReader) -> list[Token]:
    """The tokens of as many issued slips, or invitations, of a placement."""
    tokens = [
        Token(Channel(placement.channel), placement.key_id, placement.id, serial=secrets.token_bytes(SERIAL_BYTES))
        for _ in range(number)
    ]
    session.add_all(Serial(mark=codes.serial_mark(token), placement_id=placement.id, pack=1) for token in tokens)
    session.flush()
    return tokens
