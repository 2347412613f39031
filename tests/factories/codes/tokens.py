"""Tokens by the thousand, and the vectors that the server and the phone are both held to."""

import base64
import json
import random

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.formats.crypto.tokens import TokenSigner
from tests.meta import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/tokens.json").read_text("utf-8"))
SECRETS = {int(key): bytes.fromhex(secret) for key, secret in VECTORS["secrets"].items()}
SIGNER = TokenSigner(SECRETS)


def some_token(chance: random.Random) -> Token:
    channel = chance.choice(list(Channel))
    return Token(
        channel,
        chance.choice(list(SECRETS)),
        chance.getrandbits(32),
        time_step=chance.getrandbits(32) if channel is Channel.COUNTER else None,
        serial=chance.randbytes(6) if channel in (Channel.SLIP, Channel.INVITE) else None,
    )


def thousand_tokens() -> list[tuple[Token, str]]:
    chance = random.Random(20261123)  # noqa: S311 - tests want the same tokens each time
    tokens = [some_token(chance) for _ in range(1000)]
    return [(token, SIGNER.sign(token)) for token in tokens]


def accepts(text: str) -> bool:
    try:
        SIGNER.verify(text)
    except Problem as problem:
        return problem.code != "token.invalid"
    return True


def encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))
