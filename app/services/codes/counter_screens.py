"""Counter screens: add one, let a browser become it, give it codes for three days, end it alone.

A screen holds no signing key. Whoever takes it away has the codes of three days at most, each good for two
answers within minutes of its own time, and none of them once its placement has been taken down.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import Pad, head_of, plan_pad
from app.domain.codes.counter_screen import SCREEN_ENDED, SCREEN_NOT_FOUND, SCREEN_UNKNOWN, ScreenView, state_of_screen
from app.domain.codes.placement import PlacementState, PlacementView
from app.domain.devices.device import CODE_UNKNOWN, is_code_good, read_device_code
from app.domain.listing import Listing, Paging
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.formats.crypto.set_up_codes import SetUpCode, digest_of_code, draw_code
from app.formats.crypto.tokens import TokenSigner
from app.models import Place, Placement, Screen
from app.services.codes.placement_queries import get_placement, views_of
from app.services.codes.placements import IssueRequest, issue_placement, retire_placement
from app.services.record.audit import record


@dataclass(frozen=True, slots=True)
class HeldPad:
    """What a screen says that it has: codes that begin with `head`, up to the step `until`."""

    head: bytes
    until: int


@dataclass(frozen=True, slots=True)
class FetchedPad:
    """New codes for a screen, and what it shows beside them."""

    pad: Pad
    placement: PlacementView
    #: whether the register does not know yet that it fetched codes today
    is_first_today: bool


def add_screen(session: Session, place_id: int, request: IssueRequest, *, now: datetime) -> PlacementView:
    """Issue the placement of a new screen, which waits for its first code. Problems `placement.*`."""
    placement = issue_placement(session, place_id, request, issuable=(Channel.COUNTER,), now=now)
    session.add(Screen(placement_id=placement.id))
    session.flush()
    return placement


def give_screen_code(session: Session, placement_id: int, *, actor_id: int | None, now: datetime) -> SetUpCode:
    """A new one-time code, good for ten minutes; the one before it is good no more.

    A screen may be set up again, since its browser can lose what it kept: whoever uses the code takes its place.
    Problems `screen.not_found`, `screen.ended`.
    """
    screen = session.get(Screen, placement_id, with_for_update=True, populate_existing=True)
    if screen is None:
        raise Problem(SCREEN_NOT_FOUND)
    _require_active(session, placement_id, now)
    given = draw_code(now)
    screen.code_digest, screen.code_expires_at = digest_of_code(given.code), given.expires_at
    record(session, "screen.code_given", _subject(placement_id), actor_id, {}, now)
    return given


def enrol_screen(session: Session, typed: str, secret: bytes, *, now: datetime) -> None:
    """Let the browser with this secret fetch the screen's codes; the one before it may no more.

    Problem `device.code_unknown` for a wrong, used or late code alike. The same secret asking again is told the
    same: the first answer may have been lost.
    """
    code = read_device_code(typed)
    found = select(Screen).where(Screen.code_digest == digest_of_code(code or "")).with_for_update()
    screen = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if code is None or screen is None:
        raise Problem(CODE_UNKNOWN)
    digest = _digest(secret)
    if screen.secret_digest == digest:
        screen.code_expires_at = None
        return
    is_good = is_code_good(screen.code_expires_at, now)
    is_taken = session.scalars(select(Screen.placement_id).where(Screen.secret_digest == digest)).first() is not None
    if not is_good or is_taken:
        raise Problem(CODE_UNKNOWN)
    _require_active(session, screen.placement_id, now)
    screen.secret_digest, screen.enrolled_at, screen.code_expires_at = digest, now, None
    record(session, "screen.enrolled", _subject(screen.placement_id), None, {}, now)


def fetch_pad(
    session: Session, secret: bytes, held: HeldPad | None, *, signer: TokenSigner, now: datetime
) -> FetchedPad:
    """The codes that a screen lacks to go on for 72 hours. Problems `screen.unknown` and `screen.ended`."""
    screen = session.scalars(select(Screen).where(Screen.secret_digest == _digest(secret))).one_or_none()
    if screen is None:
        raise Problem(SCREEN_UNKNOWN)
    placement = _require_active(session, screen.placement_id, now)
    is_same = held is not None and held.head == head_of(placement.key_id, placement.id)
    plan = plan_pad(held.until if held and is_same else None, now)
    pad = signer.fill_pad(placement.key_id, placement.id, plan)
    return FetchedPad(pad, placement, screen.fetched_on != day_of(now))


def note_fetch(session: Session, placement_id: int, *, now: datetime) -> None:
    """Keep the day on which a screen was heard of. Apart from fetching, which then seldom writes."""
    screen = session.get_one(Screen, placement_id, with_for_update=True)
    screen.fetched_on = day_of(now)


def end_screen(session: Session, placement_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take its placement down: it gets no codes any more, and those that it holds lead nowhere."""
    if session.get(Screen, placement_id) is None:
        raise Problem(SCREEN_NOT_FOUND)
    retire_placement(session, placement_id, actor_id=actor_id, now=now)


def get_screen(session: Session, placement_id: int, *, now: datetime) -> ScreenView:
    """Problem `screen.not_found` if there is none."""
    screen = session.get(Screen, placement_id)
    if screen is None:
        raise Problem(SCREEN_NOT_FOUND)
    return _view(screen, get_placement(session, placement_id, now=now), now)


def list_screens(
    session: Session,
    places: Collection[int],
    *,
    now: datetime,
    language: str = "en",
    page: int = 1,
    per_page: int = 50,
) -> Listing[ScreenView]:
    """The screens of these places: those that were taken down last, else by place and spot."""
    mine = Placement.place_id.in_(places)
    total = session.scalar(select(func.count()).select_from(Screen).join(Placement).where(mine)) or 0
    paging = Paging(total, page, per_page)
    screens = session.scalars(
        select(Screen)
        .join(Placement, Placement.id == Screen.placement_id)
        .join(Place, Place.id == Placement.place_id)
        .where(mine)
        .order_by(Placement.retired_at.is_not(None), *Place.by_name(language), Placement.hung_at, Placement.id)
        .limit(per_page)
        .offset(paging.offset)
    ).all()
    placements = {view.id: view for view in views_of(session, [one.placement_id for one in screens], now=now)}
    return paging.listing(_view(screen, placements[screen.placement_id], now) for screen in screens)


def _view(screen: Screen, placement: PlacementView, now: datetime) -> ScreenView:
    state = state_of_screen(placement.state, fetched_on=screen.fetched_on, today=day_of(now))
    return ScreenView(placement, state, screen.enrolled_at, screen.fetched_on)


def _require_active(session: Session, placement_id: int, now: datetime) -> PlacementView:
    placement = get_placement(session, placement_id, now=now)
    if placement.state is not PlacementState.ACTIVE:
        raise Problem(SCREEN_ENDED)
    return placement


def _digest(secret: bytes) -> bytes:
    # Thirty-two random bytes need no slow hash.
    return hashlib.sha256(secret).digest()


def _subject(placement_id: int) -> str:
    return f"placement:{placement_id}"
