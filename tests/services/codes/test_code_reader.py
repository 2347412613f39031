"""Codes read: whether they are ours, and the marks that are kept of what may be used once."""

from dataclasses import replace

import pytest

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from app.services.codes.code_reader import CodeReader
from tests.fixtures.secrets import SECRETS

READER = CodeReader(SECRETS)
SLIP = Token(Channel.SLIP, 0, 7, serial=b"serial")
SHOWN = code_at(0, 7, 29_000_000)


def test_a_token_that_is_not_ours_is_refused_however_often_it_is_asked_for() -> None:
    text = TokenSigner({0: b"another key's secret, of 32 bytes"}).sign(Token(Channel.POSTER, 0, 7))
    for _ in range(2):
        with pytest.raises(Problem, match=r"token\.invalid"):
            READER.token(text)
    ours = TokenSigner(SECRETS.signing).sign(SLIP)
    assert READER.token(ours) == READER.token(ours) == SLIP


def test_marks_are_kept_of_what_may_be_used_once_and_of_nothing_else() -> None:
    for token in (Token(Channel.POSTER, 0, 7), Token(Channel.TYPED, 0, 7), Token(Channel.KIOSK, 0, 7)):
        assert (READER.serial_mark(token), READER.code_mark(token)) == (None, None)
    assert READER.code_mark(SLIP) is READER.serial_mark(SHOWN) is None
    marks = {READER.serial_mark(SLIP), READER.serial_mark(replace(SLIP, serial=b"other!")), READER.code_mark(SHOWN)}
    assert len(marks) == 3


def test_a_mark_cannot_be_reckoned_without_the_secret_of_this_installation() -> None:
    foreign = CodeReader(replace(SECRETS, receipts=b"x" * 32))
    assert foreign.serial_mark(SLIP) != READER.serial_mark(SLIP)
    assert foreign.code_mark(SHOWN) != READER.code_mark(SHOWN)
