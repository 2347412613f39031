"""Placements read: one by its id, number or token, and the register of all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, func, not_, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.domain.codes.channel import Channel
from app.domain.codes.number import NUMBER_INVALID, NUMBER_UNKNOWN, is_number, read_number
from app.domain.codes.placement import (
    FILLED_IN_AFTER,
    PLACEMENT_UNKNOWN,
    PlacementState,
    PlacementView,
    admits,
    state_of,
)
from app.domain.codes.token import TOKEN_INVALID, Token
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyState
from app.domain.weeks import day_of
from app.formats.crypto.tokens import TokenSigner
from app.models import Place, Placement, SigningKey, SurveyVersion
from app.services.surveys.round_queries import RoundPhase, newest_round

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class OpenedPlacement:
    """What the page behind a code shows, and what it needs to know of itself."""

    id: int
    place_id: int
    place: BilingualName
    place_kind: PlaceKind
    hung_at: str
    number: str | None
    #: as the token says: the placement's own channel, or `typed`
    channel: Channel
    #: what the number is printed on, also if it was typed
    issued_as: Channel
    state: PlacementState
    survey_id: int
    #: the published version; None while the survey has none, because it is a draft or closed
    survey_version_id: int | None
    #: in which its version is asked, or the last one was
    round: RoundPhase | None


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """Which placements a list shows; None and empty mean all."""

    places: Collection[int] | None = None
    channel: Channel | None = None
    state: PlacementState | None = None
    survey_id: int | None = None
    #: part of the place's name in either language, of the spot, or of the number
    text: str = ""
    #: only those whose questions can be answered
    asked: bool = False
    #: only active ones with the last day that the form of earlier versions filled in; what ends first comes first
    filled_in: bool = False


@dataclass(frozen=True, slots=True)
class PosterRun:
    """Active posters of one survey that hang at spots of the same name: what one file for a district holds."""

    survey_id: int
    hung_at: str
    placement_ids: tuple[int, ...]


def get_placement(session: Session, placement_id: int, *, now: datetime) -> PlacementView:
    """Problem `placement.unknown` if there is none."""
    row = session.execute(_rows().where(Placement.id == placement_id)).one_or_none()
    if row is None:
        raise Problem(PLACEMENT_UNKNOWN)
    return _view(row, now)


def open_placement(session: Session, token: Token, *, now: datetime) -> OpenedPlacement:
    """What stands behind a token; Problem `token.invalid` if nothing was issued like this.

    The token's channel must be the placement's own, or `typed` where a number is printed; its key must be
    the one the placement was issued under, or a leaked old key could speak for new posters.
    """
    row = session.execute(_OPENED, {"placement_id": token.placement_id}).one_or_none()
    view = row and _view(row, now)
    if view is None or not admits(token, channel=view.channel, key_id=view.key_id, number=view.number):
        raise Problem(TOKEN_INVALID)
    return OpenedPlacement(
        id=view.id,
        place_id=view.place_id,
        place=view.place,
        place_kind=view.place_kind,
        hung_at=view.hung_at,
        number=view.number,
        channel=token.channel,
        issued_as=view.channel,
        state=view.state,
        survey_id=view.survey_id,
        survey_version_id=session.scalars(_PUBLISHED, {"survey_id": view.survey_id}).first(),
        round=newest_round(session, view.survey_id, now),
    )


def find_by_number(session: Session, typed: str, *, now: datetime) -> PlacementView:
    """The placement of a number as a person typed it; Problems `number.invalid` and `number.unknown`."""
    number = read_number(typed)
    if not is_number(number):
        raise Problem(NUMBER_INVALID)
    row = session.execute(_rows().where(Placement.number == number)).one_or_none()
    if row is None:
        raise Problem(NUMBER_UNKNOWN)
    return _view(row, now)


def token_for_number(session: Session, typed: str, signer: TokenSigner, *, now: datetime) -> str:
    """The `typed` token of a printed number, made by the server for whoever types it; Problems as above."""
    placement = find_by_number(session, typed, now=now)
    return signer.sign(Token(Channel.TYPED, placement.key_id, placement.id))


def list_placements(
    session: Session,
    which: PlacementFilter,
    *,
    now: datetime,
    language: str = "en",
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Listing[PlacementView]:
    """One page of the register, the newest first. A page beyond the last is the last."""
    chosen, first = _chosen(which, now), Placement.expires_on if which.filled_in else Placement.issued_on.desc()
    paging = Paging(count_placements(session, which, now=now), page, per_page)
    rows = session.execute(
        _rows()
        .where(*chosen)
        .order_by(first, *Place.by_name(language), Placement.hung_at, Placement.id)
        .limit(per_page)
        .offset(paging.offset)
    )
    return paging.listing(_view(row, now) for row in rows)


def count_placements(session: Session, which: PlacementFilter, *, now: datetime) -> int:
    """How many rows the register would have."""
    return session.scalar(select(func.count()).select_from(_rows().where(*_chosen(which, now)).subquery())) or 0


def views_of(session: Session, placement_ids: Collection[int], *, now: datetime) -> list[PlacementView]:
    """These placements, ordered by the places' names in Hindi, as a cover list is read."""
    rows = session.execute(_rows().where(Placement.id.in_(placement_ids)))
    views = [_view(row, now) for row in rows]
    return sorted(views, key=lambda view: (view.place.in_language("hi"), view.hung_at, view.id))


def poster_runs(session: Session, places: Collection[int], *, now: datetime) -> tuple[PosterRun, ...]:
    """The runs of posters in these places, the largest first."""
    which = PlacementFilter(places=places, channel=Channel.POSTER, state=PlacementState.ACTIVE)
    rows = session.execute(
        select(Placement.survey_id, Placement.hung_at, Placement.id)
        .join(Place, Place.id == Placement.place_id)
        .join(SigningKey, SigningKey.id == Placement.key_id)
        .where(*_chosen(which, now))
        .order_by(Placement.id)
    )
    runs: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        runs.setdefault((row.survey_id, row.hung_at), []).append(row.id)
    made = (PosterRun(survey, spot, tuple(ids)) for (survey, spot), ids in runs.items())
    return tuple(sorted(made, key=lambda run: (-len(run.placement_ids), run.hung_at, run.survey_id)))


def _rows() -> Select[Placement, Place, date | None]:
    return (
        select(Placement, Place, SigningKey.cut_off_on)
        .join(Place, Place.id == Placement.place_id)
        .join(SigningKey, SigningKey.id == Placement.key_id)
    )


def _view(row: Row[Placement, Place, date | None], now: datetime) -> PlacementView:
    placement, place, cut_off_on = row
    return PlacementView(
        id=placement.id,
        survey_id=placement.survey_id,
        place_id=placement.place_id,
        place=place.name,
        place_code=place.code,
        place_kind=PlaceKind(place.kind),
        channel=Channel(placement.channel),
        hung_at=placement.hung_at,
        number=placement.number,
        key_id=placement.key_id,
        issued_on=placement.issued_on,
        issued_by=placement.issued_by,
        expires_on=placement.expires_on,
        retired_at=placement.retired_at,
        compromised_on=placement.compromised_on,
        state=state_of(
            expires_on=placement.expires_on,
            retired_at=placement.retired_at,
            compromised_on=placement.compromised_on,
            key_cut_off_on=cut_off_on,
            now=now,
            today=day_of(now),
        ),
    )


def _chosen(which: PlacementFilter, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if which.places is not None:
        conditions.append(Placement.place_id.in_(which.places))
    if which.channel is not None:
        conditions.append(Placement.channel == which.channel.value)
    if which.survey_id is not None:
        conditions.append(Placement.survey_id == which.survey_id)
    if which.state is not None:
        conditions.append(in_state(which.state, now))
    if which.asked:
        published = select(SurveyVersion.survey_id).where(SurveyVersion.state == SurveyState.PUBLISHED.value)
        conditions.append(Placement.survey_id.in_(published))
    if which.filled_in:
        life = _DaysBetween(Placement.issued_on, Placement.expires_on)
        conditions += [in_state(PlacementState.ACTIVE, now), life.in_(FILLED_IN_AFTER)]
    if which.text.strip():
        conditions.append(_matches(which.text.strip()))
    return conditions


def in_state(state: PlacementState, now: datetime) -> ColumnElement[bool]:
    """The same rule as `state_of`, for the database."""
    today = day_of(now)
    compromised = or_(
        func.coalesce(Placement.compromised_on <= today, False), func.coalesce(SigningKey.cut_off_on <= today, False)
    )
    retired = func.coalesce(Placement.retired_at <= now, False)
    expired = func.coalesce(Placement.expires_on < today, False)
    return {
        PlacementState.COMPROMISED: compromised,
        PlacementState.RETIRED: and_(not_(compromised), retired),
        PlacementState.EXPIRED: and_(not_(compromised), not_(retired), expired),
        PlacementState.ACTIVE: and_(not_(compromised), not_(retired), not_(expired)),
    }[state]


def _matches(text: str) -> ColumnElement[bool]:
    columns = (Place.name_hi, Place.name_en, Placement.hung_at)
    conditions = [column.icontains(text, autoescape=True) for column in columns]
    number = read_number(text)
    if number.isascii() and number.isdigit():
        conditions.append(Placement.number.contains(number))
    return or_(*conditions)


class _DaysBetween(FunctionElement[int]):
    """How many days lie between two days, which each database reckons in words of its own."""

    name = "days_between"
    type = Integer()
    inherit_cache = True


@compiles(_DaysBetween)
def _subtracted(element: _DaysBetween, compiler: SQLCompiler, **settings: object) -> str:
    first, last = (compiler.process(day, **settings) for day in element.clauses)
    return f"({last} - {first})"


@compiles(_DaysBetween, "sqlite")
def _subtracted_in_sqlite(element: _DaysBetween, compiler: SQLCompiler, **settings: object) -> str:
    first, last = (compiler.process(day, **settings) for day in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


# Made once: every citizen's page runs these, and building a statement takes longer than running it.
_OPENED = _rows().where(Placement.id == bindparam("placement_id"))
_PUBLISHED = (
    select(SurveyVersion.id)
    .where(SurveyVersion.survey_id == bindparam("survey_id"), SurveyVersion.state == SurveyState.PUBLISHED.value)
    .order_by(SurveyVersion.number.desc())
    .limit(1)
)
