"""Addresses that leave the house: on paper, and in links of official accounts."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.placement import PlacementState
from app.domain.problem import Problem, ProblemType
from app.formats.crypto.tokens import TokenSigner
from app.models import Department
from app.services.codes.placement_queries import get_placement

HOST_UNCONFIRMED = ProblemType(
    "print.host_unconfirmed",
    409,
    "The address to be printed has not been confirmed: a poster hangs for years and cannot be corrected. "
    "The administrator confirms it under department settings; it must begin with https.",
)
HELPLINES_UNCONFIRMED = ProblemType(
    "print.helplines_unconfirmed",
    409,
    "The helplines to be printed have not been confirmed: a wrong number would hang on walls for years. "
    "The administrator confirms each of them under department settings.",
)
LINK_ENDED = ProblemType("placement.link_ended", 410, "This link is not in use any more.")
NOT_A_LINK = ProblemType("placement.not_a_link", 409, "This code is not a link for an official account.")


def printed_address(session: Session, address: str) -> str:
    """The address that may be printed: the department's confirmed one, which is also where this product runs.

    A demonstration prints whatever it runs under, and the mark says what it is. Problem
    `print.host_unconfirmed` for anything else.
    """
    department = session.get(Department, 1)
    if department is not None and department.demonstration:
        return address
    confirmed = department is not None and department.host_confirmed_on is not None and department.host
    if not confirmed or address.lower() != f"https://{confirmed}".lower():
        raise Problem(HOST_UNCONFIRMED)
    return address


def address_for_paper(session: Session, address: str) -> str:
    """The same, for what also carries the helplines. Problem `print.helplines_unconfirmed` until they are confirmed."""
    address = printed_address(session, address)
    require_helplines(session)
    return address


def require_helplines(session: Session) -> None:
    """Problem `print.helplines_unconfirmed` until they are confirmed.

    A department that has none has nothing to confirm, and a demonstration is believed as it is.
    """
    department = session.get(Department, 1)
    if department is None or department.demonstration or department.helplines == "[]":
        return
    if department.helplines_confirmed_on is None:
        raise Problem(HELPLINES_UNCONFIRMED)


def handle_link(session: Session, placement_id: int, *, address: str, signer: TokenSigner, now: datetime) -> str:
    """The link an official account publishes, in small letters. Problems as for paper: it is copied as widely."""
    placement = get_placement(session, placement_id, now=now)
    if placement.channel is not Channel.HANDLE:
        raise Problem(NOT_A_LINK)
    if placement.state is not PlacementState.ACTIVE:
        raise Problem(LINK_ENDED)
    return link_text(printed_address(session, address), signer.sign(placement.token))


def link_text(address: str, token: str) -> str:
    """The address of a link in small letters, as accounts publish it."""
    return f"{address}/s/{token}".lower()
