"""Commitments, read: one by its id or number, those of places, and those that wait for an account."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
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
from app.domain.problem import Problem
from app.models import Account
from app.models import Commitment as CommitmentRow
from app.models import CommitmentEvent as EventRow
from app.services.places.queries import PlaceLine, find_place


@dataclass(frozen=True, slots=True)
class Line:
    """A promise in a list. `late` is by how many days; 0 if it is not."""

    promise: Commitment
    place: PlaceLine
    late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an account has to look at: what it may approve, its own drafts and proposals, what is late, what is open."""

    to_approve: tuple[Line, ...]
    mine: tuple[Line, ...]
    late: tuple[Line, ...]
    open: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.to_approve or self.mine or self.late or self.open)


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


def waiting_for(session: Session, account_id: int, within: Collection[int], today: date) -> Waiting:
    """Of the places of an account, which are `within`."""
    here = _of(session, within, (State.DRAFT, *UNFINISHED))
    proposed = [one for one in here if one.state is State.PROPOSED]
    promised = in_order((one for one in here if one.state is State.OPEN), today)
    lists = (
        [one for one in proposed if may_be_approved_by(session, one, account_id, within)],
        [one for one in here if one.state is not State.OPEN and account_id in one.authors],
        [one for one in promised if one.days_late(today)],
        [one for one in promised if not one.days_late(today)],
    )
    return Waiting(
        *(tuple(Line(one, find_place(session, one.place_id), one.days_late(today)) for one in each) for each in lists)
    )


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


def _of(session: Session, place_ids: Collection[int], states: Collection[State]) -> list[Commitment]:
    wanted = CommitmentRow.place_id.in_(place_ids), CommitmentRow.state.in_([state.value for state in states])
    return _read(session, session.scalars(select(CommitmentRow).where(*wanted).order_by(CommitmentRow.id)).all())


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
        event = CommitmentEvent(Step(row.step), row.at, row.account_id, json.loads(row.texts), row.due_on)
        found[row.commitment_id].append(event)
    return found
