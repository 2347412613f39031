"""Is this code genuine? What stands behind a number, a link or the address in a code, without opening it."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.device_register import DEVICE_CHANNELS
from app.domain.number import NUMBER_UNKNOWN
from app.domain.placement import PLACEMENT_UNKNOWN, PlacementView
from app.domain.problem import Problem, ProblemType
from app.domain.token import TOKEN_INVALID
from app.formats.tokens import TokenSigner
from app.services.placement_lists import find_by_number, get_placement, open_placement

FOREIGN_HOST = ProblemType(
    "check.foreign_host",
    404,
    "This code leads to %(host)s. That is not an address of this department. Do not answer there, and do not type "
    "anything.",
)
NOT_OURS = ProblemType(
    "check.not_ours",
    404,
    "This department has issued no such code. If it was not mistyped, it is not genuine: do not answer through it.",
)
_TOKEN = re.compile(r"/s/#?(?P<token>[^/?#]+)", re.IGNORECASE)


def check_code(session: Session, said: str, *, address: str, signer: TokenSigner, now: datetime) -> PlacementView:
    """The placement behind what is printed: eight digits, an address as a camera shows it, or its token alone.

    Nothing is opened, and of a slip it is not told whether it was used. Problems `number.invalid`,
    `check.foreign_host` and `check.not_ours`.
    """
    said = said.strip()
    token = _token_in(said, address)
    try:
        if token is None:
            return find_by_number(session, said, now=now)
        placement = get_placement(session, open_placement(session, signer.verify(token), now=now).id, now=now)
    except Problem as problem:
        if problem.type in (TOKEN_INVALID, NUMBER_UNKNOWN, PLACEMENT_UNKNOWN):
            raise Problem(NOT_OURS) from None
        raise
    if placement.channel in DEVICE_CHANNELS:
        # A tablet's own page: nothing that hangs anywhere.
        raise Problem(NOT_OURS)
    return placement


def _token_in(said: str, address: str) -> str | None:
    """The token of an address or the token itself; None for digits. Problem `check.foreign_host`."""
    if "/" in said:
        try:
            parts = urlsplit(said if "://" in said else f"//{said}")
        except ValueError:
            return ""
        if parts.netloc.lower() != urlsplit(address).netloc.lower():
            raise Problem(FOREIGN_HOST, host=parts.netloc[:80] or said[:80])
        found = _TOKEN.match(parts.path + ("#" + parts.fragment if parts.fragment else ""))
        return found["token"] if found else ""
    return said if any(char.isascii() and char.isalpha() for char in said) else None
