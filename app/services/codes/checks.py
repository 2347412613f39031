"""Is this code genuine? What stands behind a number, a link or the address in a code, without opening it."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import NUMBER_UNKNOWN
from app.domain.codes.placement import PLACEMENT_UNKNOWN, PlacementState, PlacementView
from app.domain.codes.token import TOKEN_INVALID, Token
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.tokens import TokenSigner
from app.services.codes.code_reader import CodeReader
from app.services.codes.placement_queries import find_by_number, get_placement, open_placement
from app.services.codes.serials import is_cancelled

FOREIGN_HOST = ProblemType(
    "code_check.foreign_host",
    404,
    "This code leads to %(host)s. That is not an address of this department. Do not answer there, and do not type "
    "anything.",
)
NOT_OURS = ProblemType(
    "code_check.not_ours",
    404,
    "This department has issued no such code. If it was not mistyped, it is not genuine: do not answer through it.",
)
_PATH = re.compile(r"/(?:s/#?(?P<token>[^/?#]+)|n/(?P<number>[^/?#]+))", re.IGNORECASE)
_PAGE = re.compile(r"/[rp](?:/[^?#]*)?(?=[?#]|$)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class CheckedCode:
    placement: PlacementView
    #: its questions are published, so somebody could answer
    asked: bool


def check_code(
    session: Session, said: str, *, address: str, signer: TokenSigner, codes: CodeReader, now: datetime
) -> CheckedCode:
    """The placement behind what is printed: eight digits, an address as a camera shows it, or its token alone.

    Nothing is opened, and of a slip it is not told whether it was used. Problems `number.invalid`,
    `code_check.foreign_host` and `code_check.not_ours`.
    """
    token, number = _read(said.strip(), address)
    try:
        if token is None:
            found = find_by_number(session, number, now=now)
            token = signer.sign(Token(Channel.TYPED, found.key_id, found.id))
        read = signer.verify(token)
        opened = open_placement(session, read, now=now)
    except Problem as problem:
        if problem.type in (TOKEN_INVALID, NUMBER_UNKNOWN, PLACEMENT_UNKNOWN):
            raise Problem(NOT_OURS) from None
        raise
    if opened.issued_as.is_on_device:
        # A tablet's own page: nothing that hangs anywhere.
        raise Problem(NOT_OURS)
    found = get_placement(session, opened.id, now=now)
    mark = codes.serial_mark(read)
    if found.state is PlacementState.ACTIVE and mark is not None and is_cancelled(session, mark):
        # Of a batch some slips can end before the others.
        found = replace(found, state=PlacementState.RETIRED)
    return CheckedCode(found, opened.survey_version_id is not None)


def own_page(said: str, address: str) -> str | None:
    """The path of a page of this department where results or posts are read; None for anything else.

    Whether there is such a page is not looked up. Problems `code_check.foreign_host` and `code_check.not_ours`.
    """
    said = said.strip()
    if not _is_address(said):
        return None
    found = _PAGE.match(_path_here(said, address))
    return found[0] if found else None


def _is_address(said: str) -> bool:
    return "://" in said or re.match(r"[^/]*[A-Za-z][^/]*/", said) is not None


def _read(said: str, address: str) -> tuple[str | None, str]:
    """A token, or None and what should be a number. `code_check.foreign_host` for the address of another host."""
    if not _is_address(said):
        return (said, "") if any(char.isascii() and char.isalpha() for char in said) else (None, said)
    found = _PATH.match(_path_here(said, address))
    if found is None:
        raise Problem(NOT_OURS)
    return found["token"], found["number"] or ""


def _path_here(said: str, address: str) -> str:
    """What stands behind the host of an address of ours, with its fragment."""
    try:
        parts = urlsplit(said if "://" in said else f"//{said}", scheme=urlsplit(address).scheme)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Problem(NOT_OURS) from None
    own = urlsplit(address)
    # Browsers read a backslash as a slash, so what they open can be another host than the one that is read here.
    is_plain = parts.scheme in _PORTS and not set("\\@") & set(said)
    if not is_plain or (host, port or _PORTS[parts.scheme]) != (own.hostname, own.port or _PORTS.get(own.scheme)):
        named = host and host != own.hostname and "\\" not in said
        raise Problem(FOREIGN_HOST, host=(host if named else said)[:80])
    return parts.path + ("#" + parts.fragment if parts.fragment else "")
