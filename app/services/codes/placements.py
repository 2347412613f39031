"""Placements: issue codes, open them, take them down."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import check_digit
from app.domain.codes.placement import (
    ALREADY_RETIRED,
    CHANNEL_NOT_ISSUED,
    COMPROMISED_LATER,
    EXPIRY_PAST,
    ISSUABLE,
    KEY_CUT_OFF,
    NOTHING_TO_UNDO,
    NUMBERED,
    PLACE_RETIRED,
    PLACEMENT_UNKNOWN,
    SURVEY_NOT_OPEN,
    PlacementView,
    read_spot,
)
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyState
from app.domain.weeks import day_of
from app.models import Place, Placement, SigningKey, SurveyVersion
from app.services.codes.placement_queries import get_placement
from app.services.installation.signing_keys import record_signing_keys
from app.services.locks import Job, hold
from app.services.places.ancestry import subtree_ids
from app.services.record.audit import record
from app.services.surveys.rounds import require_code_fits

_TRIES = 20


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """What is to be issued, by whom. `key_id` is the newest signing key, `expires_on` the last good day."""

    survey_id: int
    channel: Channel
    hung_at: str
    key_id: int
    actor_id: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class IssuedBelow:
    """The placements made for the stations below a place, and those that were there at that spot already."""

    issued: tuple[int, ...]
    there: tuple[int, ...]


def issue_placement(
    session: Session,
    place_id: int,
    request: IssueRequest,
    *,
    issuable: Collection[Channel] = ISSUABLE,
    now: datetime,
) -> PlacementView:
    """Issue one code. Problems `placement.*` where the spot, the day, the place or the survey will not do.

    `issuable` is what the caller can issue: a device brings its channel with it.
    """
    hold(session, Job.ISSUE)
    spot = _check(session, request, day_of(now), issuable)
    # Shared with others who issue, but nobody retires the place before this is committed.
    place = session.get(Place, place_id, with_for_update={"read": True}, populate_existing=True)
    if place is None or place.retired_on is not None:
        raise Problem(PLACE_RETIRED)
    require_code_fits(session, request.survey_id, place_id, request.channel, now)
    placement = _issue(session, place_id, spot, request, day_of(now))
    record(
        session,
        "placement.issued",
        f"placement:{placement.id}",
        request.actor_id,
        {"place": place.code, "channel": request.channel.value, "number": placement.number, "hung_at": spot},
        now,
    )
    return get_placement(session, placement.id, now=now)


def issue_below(session: Session, place_id: int, request: IssueRequest, *, now: datetime) -> IssuedBelow:
    """Issue a code for every station and outpost below a place that has no active one at this spot.

    Whoever asks for the same at the same moment waits, and then finds these there.
    """
    hold(session, Job.ISSUE)
    today = day_of(now)
    spot = _check(session, request, today)
    require_code_fits(session, request.survey_id, place_id, request.channel, now)
    stations = stations_below(session, place_id, today)
    there = _active_at(session, stations, spot, request, now)
    issued = {
        station: _issue(session, station, spot, request, today).id for station in stations if station not in there
    }
    if issued:
        details = {"channel": request.channel.value, "hung_at": spot, "placements": sorted(issued.values())}
        record(session, "placement.issued_below", f"place:{place_id}", request.actor_id, details, now)
    return IssuedBelow(tuple(issued.values()), tuple(there.values()))


def retire_placement(session: Session, placement_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take a code down: what is answered at it from now on is set aside. A reprint is a new placement."""
    placement = _get(session, placement_id)
    if placement.retired_at is not None:
        raise Problem(ALREADY_RETIRED)
    placement.retired_at = now
    record(session, "placement.retired", f"placement:{placement_id}", actor_id, {}, now)


def replace_placement(
    session: Session, placement_id: int, *, key_id: int, actor_id: int | None, now: datetime
) -> PlacementView:
    """Take a code down and issue a new one, without a last day, for the same place, spot and questions.

    Problems of both.
    """
    old = _get(session, placement_id)
    request = IssueRequest(old.survey_id, Channel(old.channel), old.hung_at, key_id, actor_id)
    retire_placement(session, placement_id, actor_id=actor_id, now=now)
    return issue_placement(session, old.place_id, request, now=now)


def mark_compromised(session: Session, placement_id: int, since: date, *, actor_id: int | None, now: datetime) -> None:
    """Set aside what is answered at a code since an Indian day, because it was copied or tampered with.

    Answers that were stored before keep their verdict; headquarters looks at them by hand.
    """
    if since > day_of(now):
        raise Problem(COMPROMISED_LATER)
    placement = _get(session, placement_id)
    before, placement.compromised_on = placement.compromised_on, since
    details = {"since": since.isoformat(), "before": before.isoformat() if before else None}
    record(session, "placement.compromised", f"placement:{placement_id}", actor_id, details, now)


def undo_retire(session: Session, placement_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Put a code up again that was taken down by mistake, on the same Indian day.

    Later the paper may be gone from the wall, and whoever still has a picture of it would count again.
    """
    placement = _get(session, placement_id)
    if placement.retired_at is None or day_of(placement.retired_at) != day_of(now):
        raise Problem(NOTHING_TO_UNDO)
    placement.retired_at = None
    record(session, "placement.put_back", f"placement:{placement_id}", actor_id, {}, now)


def undo_compromised(session: Session, placement_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Withdraw the mark of a code that turned out to be sound. What was set aside meanwhile stays so."""
    placement = _get(session, placement_id)
    if placement.compromised_on is None:
        raise Problem(NOTHING_TO_UNDO)
    details = {"before": placement.compromised_on.isoformat()}
    placement.compromised_on = None
    record(session, "placement.cleared", f"placement:{placement_id}", actor_id, details, now)


def _check(session: Session, request: IssueRequest, today: date, issuable: Collection[Channel] = ISSUABLE) -> str:
    """The cleaned spot; Problem if nothing can be issued like this anywhere."""
    if request.channel not in issuable:
        raise Problem(CHANNEL_NOT_ISSUED)
    if request.expires_on is not None and request.expires_on <= today:
        raise Problem(EXPIRY_PAST)
    published = select(SurveyVersion.id).where(
        SurveyVersion.survey_id == request.survey_id, SurveyVersion.state == SurveyState.PUBLISHED.value
    )
    if session.scalars(published).first() is None:
        raise Problem(SURVEY_NOT_OPEN)
    record_signing_keys(session, [request.key_id], today)
    key = session.get_one(SigningKey, request.key_id)
    if key.cut_off_on is not None:
        # A server that has not been restarted since the rotation.
        raise Problem(KEY_CUT_OFF)
    return read_spot(request.hung_at)


def _issue(session: Session, place_id: int, spot: str, request: IssueRequest, today: date) -> Placement:
    """A new row under a random id and number; another is drawn where one of them is taken."""
    for _ in range(_TRIES):
        placement = Placement(
            id=secrets.randbits(32),
            survey_id=request.survey_id,
            place_id=place_id,
            channel=request.channel.value,
            hung_at=spot,
            number=_draw_number() if request.channel in NUMBERED else None,
            key_id=request.key_id,
            issued_on=today,
            issued_by=request.actor_id,
            expires_on=request.expires_on,
        )
        if _is_taken(session, placement):
            continue
        try:
            with session.begin_nested():
                session.add(placement)
        except IntegrityError:  # another worker drew the same between the look and the leap
            continue
        return placement
    raise RuntimeError("no free placement id or number was found")


def _draw_number() -> str:
    """Eight random digits of which the last checks the others. Never a leading zero: people leave it out."""
    digits = str(1_000_000 + secrets.randbelow(9_000_000))
    return digits + check_digit(digits)


def _is_taken(session: Session, placement: Placement) -> bool:
    same = Placement.id == placement.id
    if placement.number is not None:
        same |= Placement.number == placement.number
    return session.scalars(select(Placement.id).where(same)).first() is not None


def stations_below(session: Session, place_id: int, today: date) -> Sequence[int]:
    """The stations and outposts that lie below a place and are open; the place itself if it is one."""
    return session.scalars(
        select(Place.id)
        .where(Place.id.in_(subtree_ids(session, place_id, today)), Place.retired_on.is_(None))
        .where(Place.kind.in_((PlaceKind.STATION, PlaceKind.OUTPOST)))
        .order_by(Place.id)
    ).all()


def _active_at(
    session: Session, places: Iterable[int], spot: str, request: IssueRequest, now: datetime
) -> dict[int, int]:
    """The active placement of each place for this survey, channel and spot, where there is one."""
    rows = session.execute(
        select(Placement.place_id, Placement.id)
        .join(SigningKey, SigningKey.id == Placement.key_id)
        .where(Placement.place_id.in_(places), Placement.survey_id == request.survey_id)
        .where(Placement.channel == request.channel.value, Placement.hung_at == spot)
        .where(Placement.retired_at.is_(None), Placement.compromised_on.is_(None), SigningKey.cut_off_on.is_(None))
        .where(Placement.expires_on.is_(None) | (Placement.expires_on >= day_of(now)))
        .order_by(Placement.issued_on)
    )
    return {row.place_id: row.id for row in rows}


def _get(session: Session, placement_id: int) -> Placement:
    """The placement as it is now, locked: what is decided about it holds until the end of the transaction."""
    placement = session.get(Placement, placement_id, with_for_update=True, populate_existing=True)
    if placement is None:
        raise Problem(PLACEMENT_UNKNOWN)
    return placement
