"""Commitments, read: one by its id or number, those of places, and those that wait for an account."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.dialogue.commitment import (
    COMMITMENT_UNKNOWN,
    PUBLISHED,
    UNFINISHED,
    Commitment,
    CommitmentEvent,
    State,
    Step,
    in_order,
    may_approve,
)
from app.domain.dialogue.commitment_quote import Figure
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.models import Account, Place
from app.models import Commitment as CommitmentRow
from app.models import CommitmentEvent as EventRow
from app.services.places.queries import PlaceLine, find_place

#: of each list as many are shown at most: headquarters has three of every station
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A promise in a list. `late` is by how many days; 0 if it is not."""

    promise: Commitment
    place: PlaceLine
    late: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The first of a list, and how many follow."""

    shown: tuple[Line, ...]
    further: int

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class Pressing:
    """What an account has to look at first: what it may approve, and what is late."""

    to_approve: Lines
    late: Lines

    def __bool__(self) -> bool:
        return bool(self.to_approve or self.late)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is pressing, and besides what the account has written itself, and what is open in time."""

    pressing: Pressing
    mine: Lines
    open: Lines

    def __bool__(self) -> bool:
        return bool(self.pressing or self.mine or self.open)


def find_commitment(session: Session, commitment_id: int) -> Commitment:
    """Problem `commitment.unknown`."""
    row = session.get(CommitmentRow, commitment_id)
    if row is None:
        raise Problem(COMMITMENT_UNKNOWN)
    return _read(session, [row])[0]


def find_published(session: Session, place_id: int, number: int) -> Commitment:
    """The one that everybody reads under this number. Problem `commitment.unknown`."""
    wanted = CommitmentRow.place_id == place_id, CommitmentRow.number == number
    row = session.scalar(select(CommitmentRow).where(*wanted))
    if row is None:
        raise Problem(COMMITMENT_UNKNOWN)
    return _read(session, [row])[0]


def published_commitments(session: Session, place_id: int) -> list[Commitment]:
    """All that a place has ever promised in public, by number."""
    return _of(session, [place_id], PUBLISHED)


def pressing_for(
    session: Session, account_id: int, within: Collection[int], today: date, most: int = MOST_LISTED
) -> Pressing:
    """Of the places of an account, which are `within`; the latest first."""
    proposed = _of(session, within, (State.PROPOSED,))
    to_approve = [one for one in proposed if may_be_approved_by(session, one, account_id, within)]
    late = in_order(_of(session, within, (State.OPEN,), CommitmentRow.due_on < today), today)
    return Pressing(_lines(session, to_approve, today, most), _lines(session, late, today, most))


def newest_open(session: Session, kinds: Collection[PlaceKind], today: date) -> Line | None:
    """The promise that was made last, of those of such places that everybody can read and that are not finished."""
    row = session.scalar(
        select(CommitmentRow)
        .join(EventRow, EventRow.commitment_id == CommitmentRow.id)
        .join(Place, Place.id == CommitmentRow.place_id)
        .where(CommitmentRow.state == State.OPEN.value, EventRow.step == Step.OPENED.value)
        .where(Place.kind.in_([kind.value for kind in kinds]), Place.page.is_not(None))
        .order_by(EventRow.at.desc(), CommitmentRow.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    (promise,) = _read(session, [row])
    return Line(promise, find_place(session, promise.place_id), promise.days_late(today))


def waiting_for(session: Session, account_id: int, within: Collection[int], today: date) -> Waiting:
    """The same with all that an account is concerned with."""
    written = _of(session, within, (State.DRAFT, State.PROPOSED))
    mine = [one for one in written if account_id in one.authors]
    in_time = in_order(_of(session, within, (State.OPEN,), CommitmentRow.due_on >= today), today)
    pressing = pressing_for(session, account_id, within, today)
    return Waiting(pressing, _lines(session, mine, today), _lines(session, in_time, today))


def unfinished_at(session: Session, place_id: int) -> list[Commitment]:
    """What takes a place of the three."""
    return _of(session, [place_id], UNFINISHED)


def may_be_approved_by(session: Session, commitment: Commitment, account_id: int, within: Collection[int]) -> bool:
    """Whether an account may approve it, whose places are `within`: enabled, above its place, and no author of it."""
    account = session.get_one(Account, account_id)
    return (
        account.disabled_at is None
        and commitment.place_id in within
        and account_id not in commitment.authors
        and may_approve(Role(account.role), commitment.place_id == account.place_id)
    )


def _of(
    session: Session, place_ids: Collection[int], states: Collection[State], *besides: ColumnElement[bool]
) -> list[Commitment]:
    wanted = CommitmentRow.place_id.in_(place_ids), CommitmentRow.state.in_([state.value for state in states]), *besides
    return _read(session, session.scalars(select(CommitmentRow).where(*wanted).order_by(CommitmentRow.id)).all())


def _lines(session: Session, promises: Sequence[Commitment], today: date, most: int = MOST_LISTED) -> Lines:
    shown = promises[:most]
    # Read at once, so that each is then found without asking.
    session.scalars(select(Place).where(Place.id.in_([one.place_id for one in shown]))).all()
    lines = tuple(Line(one, find_place(session, one.place_id), one.days_late(today)) for one in shown)
    return Lines(lines, len(promises) - len(shown))


def _read(session: Session, rows: Collection[CommitmentRow]) -> list[Commitment]:
    events = _events(session, [row.id for row in rows])
    return [
        Commitment(
            id=row.id,
            place_id=row.place_id,
            number=row.number,
            edition_id=row.edition_id,
            figure=Figure(**json.loads(row.figure)),
            quote=json.loads(row.quote),
            will=json.loads(row.will),
            office=json.loads(row.office),
            first_due_on=row.due_on,
            state=State(row.state),
            events=tuple(events[row.id]),
        )
        for row in rows
    ]


def _events(session: Session, ids: Iterable[int]) -> dict[int, list[CommitmentEvent]]:
    found: dict[int, list[CommitmentEvent]] = defaultdict(list)
    rows = select(EventRow).where(EventRow.commitment_id.in_(list(ids))).order_by(EventRow.sequence)
    for row in session.scalars(rows):
        event = CommitmentEvent(row.id, Step(row.step), row.at, row.account_id, json.loads(row.texts), row.due_on)
        found[row.commitment_id].append(event)
    return found
