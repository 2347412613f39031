"""What new answers, and verdicts that took the place of earlier ones, add to the cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json import loads
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ReleaseMember, Response, Verdict
from app.services.chunks import chunks
from app.services.figures.counting.cells import NO_REASONS, Cell, Contents, Slice, Waits
from app.services.figures.counting.store import add_waits, replace_contents, stored_contents
from app.services.figures.counting.survey_counters import counter_of
from app.services.places.ancestry import Ancestry
from app.services.responses.marks import Change


@dataclass(slots=True)
class News:
    """What the marks of one cell name."""

    responses: list[UUID] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def add_news(session: Session, news: Mapping[Cell, News]) -> int:
    """Add what is new to the cells of the place and of everything above it; how many tallies were written.

    Answers are counted by their first verdict and moved by later ones, so that neither is added twice. The caller
    holds the fold lock.
    """
    own: dict[Cell, Contents] = {}
    waits: dict[Cell, Waits] = {}
    answers = _first_verdicts(session, (id_ for one in news.values() for id_ in one.responses))
    changed = _changed(session, [change for one in news.values() for change in one.changes])
    for cell, one in news.items():
        own[cell], waits[cell] = _count(session, cell, [answers[id_] for id_ in one.responses if id_ in answers])
        for change in one.changes:
            if change in changed:
                moved = changed[change]
                own[cell].add(_moved(session, cell, moved))
                if not moved.published:
                    waits[cell] = waits[cell].with_one(moved.before.verdict, -1).with_one(moved.after.verdict)
    add_waits(session, waits)
    return _add_up(session, own)


@dataclass(frozen=True, slots=True)
class _Answer:
    answers: str
    verdict: str
    reasons: str


@dataclass(frozen=True, slots=True)
class _Move:
    before: _Answer
    after: _Answer
    published: bool


def _first_verdicts(session: Session, ids: Iterable[UUID]) -> dict[UUID, _Answer]:
    found: dict[UUID, _Answer] = {}
    for chunk in chunks(ids):
        rows = session.execute(
            select(Response.id, Response.answers, Verdict.verdict, Verdict.reasons)
            .join(Verdict, Verdict.response_id == Response.id)
            .where(Response.id.in_(chunk), Verdict.sequence == 1)
        )
        found.update({id_: _Answer(*rest) for id_, *rest in rows})
    return found


def _changed(session: Session, changes: list[Change]) -> dict[Change, _Move]:
    """The verdicts before and after each change, and whether the answer is in a block."""
    events: dict[UUID, list[tuple[int, _Answer]]] = defaultdict(list)
    published: set[UUID] = set()
    for chunk in chunks({change.response_id for change in changes}):
        rows = session.execute(
            select(Response.id, Verdict.sequence, Response.answers, Verdict.verdict, Verdict.reasons)
            .join(Verdict, Verdict.response_id == Response.id)
            .where(Response.id.in_(chunk))
            .order_by(Verdict.sequence)
        )
        for id_, sequence, *rest in rows:
            events[id_].append((sequence, _Answer(*rest)))
        members = select(ReleaseMember.response_id).where(ReleaseMember.response_id.in_(chunk))
        published.update(session.scalars(members))
    found = {}
    for change in changes:
        before = [event for sequence, event in events[change.response_id] if sequence < change.sequence]
        after = [event for sequence, event in events[change.response_id] if sequence == change.sequence]
        if before and after:
            found[change] = _Move(before[-1], after[0], change.response_id in published)
    return found


def _count(session: Session, cell: Cell, answers: list[_Answer]) -> tuple[Contents, Waits]:
    contents, waits = Contents(), Waits()
    texts: dict[str, list[str]] = defaultdict(list)
    for one in answers:
        texts[one.verdict].append(one.answers)
        waits = waits.with_one(one.verdict)
        if one.reasons != NO_REASONS:
            contents.reasons.update(loads(one.reasons))
    for verdict, listed in texts.items():
        contents.vectors[verdict] = counter_of(session, cell.survey_version_id).count(listed, cell.week)
    return contents, waits


def _moved(session: Session, cell: Cell, move: _Move) -> Contents:
    """What a change takes from one verdict and gives to the other."""
    before, _ = _count(session, cell, [move.before])
    after, _ = _count(session, cell, [move.after])
    for vector in before.vectors.values():
        vector[:] = [-number for number in vector]
    before.reasons.update({reason: -2 * number for reason, number in before.reasons.items()})
    before.add(after)
    return before


def _add_up(session: Session, own: Mapping[Cell, Contents]) -> int:
    ancestry = Ancestry.load(session)
    written = 0
    slices: dict[Slice, dict[int, Contents]] = defaultdict(lambda: defaultdict(Contents))
    for cell, contents in own.items():
        for place in (cell.place_id, *ancestry.ancestors(cell.place_id, cell.week)):
            slices[cell.part][place].add(contents)
    for part, differences in slices.items():
        stored = stored_contents(session, part, differences)
        for place, difference in differences.items():
            if place in stored:
                difference.add(stored[place])
        written += replace_contents(session, part, differences, stored)
    return written
