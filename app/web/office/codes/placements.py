"""Codes and posters: the register, one code with its true preview, and its print."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.counter_screen import SCREEN_STATION
from app.domain.codes.number import show_number
from app.domain.codes.placement import ENDED_ALONE, ENDED_ELSEWHERE, PlacementState, PlacementView
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.services.codes.placement_queries import PlacementFilter, count_placements, get_placement, list_placements
from app.services.codes.printed_addresses import address_for_paper, printed_address
from app.services.codes.register import look_beside
from app.services.places.queries import children_of
from app.transaction import reading
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.codes.words import FINDING_WORDS, WORDS
from app.web.office.guard import (
    is_above_station,
    open_to,
    own_place_ids,
    place_ids_within,
    require_within,
    signed_in,
)
from app.web.row_ids import read_row_id

#: in the register's address
FILLED_IN = "filled-in"


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the reader filters by, as far as it makes sense."""

    text: str
    channel: Channel | None
    state: PlacementState | None
    place_id: int | None
    page: int
    #: only codes with a last day that the form of earlier versions filled in
    filled_in: bool = False

    @property
    def arguments(self) -> dict[str, object]:
        """What links to other pages of the list keep."""
        chosen = {"text": self.text, "channel": self.channel, "state": self.state, "place_id": self.place_id}
        last_day = FILLED_IN if self.filled_in else None
        return {name: value for name, value in {**chosen, "last_day": last_day}.items() if value}


@open_to(Permission.ISSUE_PLACEMENTS, "/placements")
def show_placements() -> ResponseReturnValue:
    asked = _asked()
    with reading() as session:
        which = PlacementFilter(
            place_ids_within(session, asked.place_id),
            asked.channel,
            asked.state,
            text=asked.text,
            filled_in=asked.filled_in,
        )
        found = list_placements(session, which, now=now(), language=reader_language(), page=asked.page)
        filled_in = count_filled_in(session)
        beside = look_beside(session, found.rows, today())
        # What the list can be narrowed to.
        parts = children_of(session, signed_in().place_id, today(), language=reader_language())
        unprintable = why_unprintable(session)
    return render_template(
        "office/codes/placements/register.html",
        asked=asked,
        found=found,
        parts=parts,
        filled_in=filled_in,
        districts=beside.districts,
        issuers=beside.issuers,
        surveys=beside.surveys,
        sightings=beside.sightings,
        findings=FINDING_WORDS,
        unprintable=unprintable,
        show_number=show_number,
        **WORDS,
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/<drawn:placement_id>")
def show_placement(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        placement = placement_within(session, placement_id)
        beside = look_beside(session, [placement], today())
        unprintable = why_unprintable(session)
        elsewhere = why_not_ended_here(session, placement)
    return render_template(
        "office/codes/placements/placement.html",
        placement=placement,
        issuer=beside.issuers.get(placement.issued_by),
        survey=beside.surveys[placement.survey_id].name,
        sighting=beside.sightings.get(placement_id),
        findings=FINDING_WORDS,
        district=beside.districts.get(placement.place_id),
        unprintable=unprintable,
        undoable=_is_retired_today(placement),
        may_share=signed_in().may(Permission.ISSUE_HANDLES),
        may_revoke=signed_in().may(Permission.REVOKE_PLACEMENTS),
        elsewhere=elsewhere and sentence_of(Problem(elsewhere)),
        show_number=show_number,
        **WORDS,
    )


def placement_within(session: Session, placement_id: int) -> PlacementView:
    """Problem `placement.unknown`, or `place.foreign` if it is not for a place of this account."""
    placement = get_placement(session, placement_id, now=now())
    require_within(session, placement.place_id)
    return placement


def count_filled_in(session: Session) -> int:
    """How many codes will end on a day that the form of earlier versions filled in; none to whom it is not told."""
    if not signed_in().may(Permission.MANAGE_DEPARTMENT):
        return 0
    return count_placements(session, PlacementFilter(own_place_ids(session), filled_in=True), now=now())


def why_not_ended_here(session: Session, placement: PlacementView) -> ProblemType | None:
    """What keeps this account from taking the code down or declaring it unsafe by itself; None if nothing does."""
    if placement.channel not in ENDED_ALONE:
        return ENDED_ELSEWHERE
    if placement.channel is Channel.COUNTER and not is_above_station(session):
        return SCREEN_STATION
    return None


def why_unprintable(session: Session) -> str | None:
    """Why no paper can be made yet, in the reader's words."""
    return _refusal(address_for_paper, session)


def why_unpublished(session: Session) -> str | None:
    """Why no link can be given out and no screen shows a code yet, in the reader's words."""
    return _refusal(printed_address, session)


def _refusal(wanted: Callable[[Session, str], str], session: Session) -> str | None:
    try:
        wanted(session, context().settings.address)
    except Problem as problem:
        return sentence_of(problem)
    return None


def _asked() -> RegisterFilter:
    return RegisterFilter(
        text=request.args.get("text", "").strip()[:100],
        channel=request.args.get("channel", type=Channel),
        state=request.args.get("state", type=PlacementState),
        place_id=request.args.get("place_id", type=read_row_id),
        page=request.args.get("page", 1, type=int),
        filled_in=request.args.get("last_day") == FILLED_IN and signed_in().may(Permission.MANAGE_DEPARTMENT),
    )


def _is_retired_today(placement: PlacementView) -> bool:
    return placement.retired_at is not None and day_of(placement.retired_at) == today()
