"""Releases: publish what can be published.

How blocks are formed, and why no group of fewer than ten can be isolated, is said in `app.domain.figures.release`.

What is published at once is done in steps, each whole in itself, so that a job can put as many into a transaction as
keep others waiting for no longer than they notice: own blocks, then pools, then the sums of the places above. Between
two steps a place above lacks whole blocks and nothing else. Whatever a run that was broken off has left, the next one
takes up: long blocks without all their members are taken apart, and blocks that no sum holds yet are still awaited.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.figures.release import ReleaseKind, Waiting, plan_blocks, plan_rest
from app.domain.weeks import day_of, last_settled_week, week_of
from app.services.figures.release_candidates import (
    Candidate,
    Line,
    Pool,
    Withheld,
    candidates,
    count_later_verdicts,
    later_verdicts,
    look_for_withheld,
    look_out,
    pool_of,
)
from app.services.figures.release_writer import (
    Block,
    ChainNames,
    ReleaseWriter,
    add_members,
    awaited_sums,
    count_block,
    last_week,
    take_members,
    unfinished_blocks,
)
from app.services.figures.tallies import fold_marks
from app.services.locks import Job, hold
from app.services.places.ancestry import Ancestry
from app.services.responses.screening.screener import Group, Screener
from app.services.responses.screening.settled import Findings, Judged, find_copies, keep_findings

#: answers that are put into a block in one step; a block of more is gathered in several
MOST_MEMBERS = 5_000


@dataclass(frozen=True, slots=True)
class Published:
    """How many releases of each kind a run has made."""

    own: int
    rest: int
    sums: int


class Step(NamedTuple):
    """Something whole that a run does next, with a session. One that only reads needs no lock."""

    run: Callable[[Session], None]
    reads: bool


def publish_releases(session: Session, now: datetime) -> Published:
    """Publish every block that has come to ten, and the sums of the places above them, in the caller's transaction.

    For an installation in which nobody else is at work; the job does the same step by step.
    """
    hold(session, Job.PUBLISH)
    while fold_marks(session).marks:
        pass
    publication = Publication(now)
    for step in publication.steps():
        step.run(session)
    return publication.published


class Publication:
    """One run. Whoever carries out its steps lets nobody else publish until the last, and holds the fold lock in
    each step that writes. Each step is asked for when the one before it is done.
    """

    def __init__(self, now: datetime, most_members: int = MOST_MEMBERS) -> None:
        self._now = now
        self._until = last_settled_week(now)
        self._now_week = week_of(now)
        self._screener = Screener(self._until)
        self._published_on = day_of(now)
        self._most_members = most_members
        self._made = dict.fromkeys(ReleaseKind, 0)
        self._unfinished: list[int] = []
        self._own: list[tuple[Group, set[date]]] = []
        self._pools: list[tuple[Pool, dict[Group, set[date]]]] = []
        self._sums: list[Group] = []
        self._findings: list[Findings] = []
        self._blocks: list[Block] = []
        self._later_verdicts = 0
        self._withheld: Withheld
        self._gathering = 0
        self._ancestry: Ancestry
        self._writer: ReleaseWriter

    @property
    def published(self) -> Published:
        return Published(*(self._made[kind] for kind in (ReleaseKind.OWN, ReleaseKind.REST, ReleaseKind.SUM)))

    def steps(self) -> Iterator[Step]:
        """What there is to do. If that is nothing, the steps only read."""
        yield Step(self._look_back, reads=True)
        while self._unfinished:
            yield Step(self._take_apart, reads=False)
        yield Step(self._look_out, reads=True)
        while self._own or self._pools:
            yield Step(self._count_own if self._own else self._count_pools, reads=True)
            while self._findings:
                yield Step(self._keep_findings, reads=False)
            while self._blocks:
                yield from self._write(self._blocks.pop(0))
        yield Step(self._look_up, reads=True)
        while self._sums:
            yield Step(self._write_sum, reads=False)

    def _look_back(self, session: Session) -> None:
        self._unfinished = unfinished_blocks(session)

    def _take_apart(self, session: Session) -> None:
        if not take_members(session, self._unfinished[0], self._most_members):
            del self._unfinished[0]

    def _look_out(self, session: Session) -> None:
        self._ancestry = Ancestry.load(session)
        outlook = look_out(session, self._ancestry, self._until, self._now_week)
        if outlook.own or outlook.pools:
            self._withheld = look_for_withheld(session, self._until, self._now)
            outlook = look_out(session, self._ancestry, self._until, self._now_week, self._withheld)
        self._own, self._pools = list(outlook.own.items()), list(outlook.pools.items())
        if self._own or self._pools:
            self._writer = ReleaseWriter(ChainNames(session), self._published_on)

    def _look_up(self, session: Session) -> None:
        self._sums = awaited_sums(session)
        if self._sums:
            self._writer = ReleaseWriter(ChainNames(session), self._published_on)

    def _count_own(self, session: Session) -> None:
        """Plan and count the own blocks of as many groups as make a portion."""
        self._later_verdicts = count_later_verdicts(session)
        members = 0
        while self._own and members < self._most_members:
            group, weeks = self._own.pop(0)
            blocks = self._plan_own(session, group, weeks)
            self._blocks += blocks
            members += sum(len(block.members) for block in blocks)

    def _plan_own(self, session: Session, group: Group, weeks: Collection[date]) -> list[Block]:
        lines: dict[Line, list[Candidate]] = defaultdict(list)
        for candidate in self._passed(session, group, weeks):
            lines[self._ancestry.ancestors(group.place_id, candidate.week)].append(candidate)
        blocks = []
        after = last_week(session, group, ReleaseKind.OWN)
        for above, waiting in sorted(lines.items()):
            for planned in plan_blocks(_waiting(waiting), after, self._until):
                block = count_block(session, group, ReleaseKind.OWN, planned, waiting)
                after = planned.weeks.last
                inner = self._ancestry.children(group.place_id, after)
                blocks.append(replace(block, awaited_by=(group.place_id, *above) if inner else above))
        return blocks

    def _count_pools(self, session: Session) -> None:
        """Plan and count what own blocks have left over, of as many pools as make a portion."""
        self._later_verdicts = count_later_verdicts(session)
        members = 0
        while self._pools and members < self._most_members:
            pool, givers = self._pools.pop(0)
            waiting = [
                candidate
                for giver, weeks in givers.items()
                for candidate in self._passed(session, giver, weeks)
                if self._pool_of(giver, candidate) == pool
            ]
            planned = plan_rest(_waiting(waiting), self._until)
            if planned is not None:
                block = count_block(session, pool.group, ReleaseKind.REST, planned, waiting)
                self._blocks.append(replace(block, awaited_by=(pool.group.place_id, *pool.above)))
                members += len(block.members)

    def _passed(self, session: Session, group: Group, weeks: Collection[date]) -> list[Candidate]:
        """What waits of a group, but for the copies that are found among it. These are set aside before its block."""
        waiting = candidates(session, group, weeks, self._withheld)
        judged = {one.id: Judged(one.week, one.sequence) for one in waiting if one.counted and not one.is_decided}
        found = find_copies(session, self._screener, group, judged)
        if found.facts:
            self._findings.append(found)
        return [one for one in waiting if one.id not in found.copies]

    def _keep_findings(self, session: Session) -> None:
        """Nobody but a person writes later verdicts besides, and never about an answer that counts by its first."""
        undisturbed = count_later_verdicts(session) == self._later_verdicts
        found = self._findings.pop()
        keep_findings(session, found, self._now_week)
        if undisturbed:
            self._later_verdicts += len(found.copies)

    def _pool_of(self, giver: Group, candidate: Candidate) -> Pool | None:
        line = self._ancestry.ancestors(giver.place_id, candidate.week)
        return pool_of(giver, line, candidate.week, self._now_week)

    def _write(self, block: Block) -> Iterator[Step]:
        if len(block.members) <= self._most_members:
            yield Step(partial(self._write_block, block=block), reads=False)
            return
        yield Step(partial(self._begin_block, block=block), reads=False)
        for start in range(0, len(block.members), self._most_members):
            portion = block.members[start : start + self._most_members]
            yield Step(partial(self._gather, members=portion), reads=False)
        yield Step(partial(self._finish_block, block=block), reads=False)

    def _write_block(self, session: Session, block: Block) -> None:
        if self._holds_still(session, block):
            self._writer.write_block(session, block)
            self._made[block.kind] += 1

    def _begin_block(self, session: Session, block: Block) -> None:
        self._gathering = self._writer.begin_block(session, block)

    def _gather(self, session: Session, members: list[Candidate]) -> None:
        add_members(session, self._gathering, members)

    def _finish_block(self, session: Session, block: Block) -> None:
        """If a verdict has changed since the block was counted, it stays unfinished, and the next run begins anew."""
        if self._holds_still(session, block):
            self._writer.finish_block(session, self._gathering, block)
            self._made[block.kind] += 1

    def _holds_still(self, session: Session, block: Block) -> bool:
        """Whether every verdict is as it was when the block was counted; if not, its chain waits for the next run."""
        if count_later_verdicts(session) == self._later_verdicts:
            return True
        later = later_verdicts(session)
        if all(later.get(one.id, 1) == one.sequence for one in block.members):
            return True
        self._blocks = [other for other in self._blocks if other.group != block.group]
        return False

    def _write_sum(self, session: Session) -> None:
        if not self._writer.write_sum(session, self._sums[0]):
            del self._sums[0]
        self._made[ReleaseKind.SUM] += 1


def _waiting(candidates: list[Candidate]) -> list[Waiting]:
    return [Waiting(place, one.week, one.counted) for place, one in enumerate(candidates)]
