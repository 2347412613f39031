"""Who approved whom how often: two accounts that always go together may be one person's. A new noun adds a reader."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.domain.dialogue.commitment import Step
from app.domain.dialogue.post_state import EventKind, VersionState
from app.models import CommitmentEvent, CopyProposal, PostEvent, PostVersion, QuietPeriod, Round, ScreeningPolicy
from app.services.accounts.queries import names_of
from app.services.dialogue.approvals.waiting import WaitKind

#: who asked, who approved, what, and how often
Pair = tuple[int | None, int | None, WaitKind, int]
_Account = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(frozen=True, slots=True)
class PairCount:
    """How often one account has approved what another had asked for, in all and of each kind."""

    asked_by: str
    approved_by: str
    count: int
    of_kinds: tuple[tuple[WaitKind, int], ...]


def approval_pairs(session: Session) -> list[PairCount]:
    """Those that went together most come first."""
    counts: dict[tuple[int, int], Counter[WaitKind]] = {}
    for read in READERS:
        for asked_by, approved_by, kind, count in read(session):
            if asked_by is not None and approved_by is not None:
                counts.setdefault((asked_by, approved_by), Counter())[kind] += count
    names = names_of(session, {id_ for pair in counts for id_ in pair})
    found = [
        PairCount(names[asked], names[approved], of_pair.total(), tuple(of_pair.most_common()))
        for (asked, approved), of_pair in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.asked_by, one.approved_by))


def _copies(session: Session) -> Iterator[Pair]:
    yield from _counted(session, CopyProposal.proposed_by, CopyProposal.confirmed_by, WaitKind.COPIES)


def _policies(session: Session) -> Iterator[Pair]:
    yield from _counted(session, ScreeningPolicy.proposed_by, ScreeningPolicy.confirmed_by, WaitKind.POLICY)


def _quiet_periods(session: Session) -> Iterator[Pair]:
    yield from _counted(session, QuietPeriod.entered_by, QuietPeriod.confirmed_by, WaitKind.QUIET)
    yield from _counted(session, QuietPeriod.end_proposed_by, QuietPeriod.ended_by, WaitKind.QUIET_END)


def _rounds(session: Session) -> Iterator[Pair]:
    yield from _counted(session, Round.planned_by, Round.approved_by, WaitKind.ROUND)


def _posts(session: Session) -> Iterator[Pair]:
    published = PostVersion.state == VersionState.PUBLISHED.value
    yield from _counted(session, PostVersion.author_id, PostVersion.approver_id, WaitKind.POST, published)
    removed = PostEvent.kind == EventKind.REMOVED.value
    yield from _counted(session, PostEvent.account_id, PostEvent.second_id, WaitKind.REMOVAL, removed)


def _commitments(session: Session) -> Iterator[Pair]:
    """Whoever sent it last, and whoever opened it."""
    sent, opened = aliased(CommitmentEvent), aliased(CommitmentEvent)
    last = select(func.max(sent.sequence)).where(
        sent.commitment_id == opened.commitment_id, sent.step == Step.PROPOSED.value
    )
    rows = (
        select(CommitmentEvent.account_id, opened.account_id, func.count())
        .join(opened, opened.commitment_id == CommitmentEvent.commitment_id)
        .where(opened.step == Step.OPENED.value, CommitmentEvent.sequence == last.correlate(opened).scalar_subquery())
        .group_by(CommitmentEvent.account_id, opened.account_id)
    )
    for asked_by, approved_by, count in session.execute(rows):
        yield asked_by, approved_by, WaitKind.COMMITMENT, count


def _counted(
    session: Session, asked: _Account, approved: _Account, kind: WaitKind, *wanted: ColumnElement[bool]
) -> Iterator[Pair]:
    rows = select(asked, approved, func.count()).where(approved.is_not(None), *wanted).group_by(asked, approved)
    for asked_by, approved_by, count in session.execute(rows):
        yield asked_by, approved_by, kind, count


READERS: tuple[Callable[[Session], Iterator[Pair]], ...] = (
    _copies,
    _policies,
    _quiet_periods,
    _rounds,
    _posts,
    _commitments,
)
