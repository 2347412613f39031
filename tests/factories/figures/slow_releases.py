"""What ought to be published, reckoned from all answers ever at each run: slow, simple, and with no table of its own
but what it has published itself.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.counters import add, unpack
from app.domain.figures.release import Waiting, add_set_aside, plan_blocks, plan_rest, rest_level, set_aside_json
from app.domain.weeks import day_of, last_settled_week, week_of
from app.models import Release, ReleaseMember, ReleasePart, Response, Verdict
from app.services.figures.counting.survey_counters import counter_of
from app.services.places.ancestry import Ancestry

Name = tuple[int, int, str, str, int]


class Chain(NamedTuple):
    place_id: int
    survey_version_id: int
    evidence: str
    kind: str


@dataclass(frozen=True)
class Published:
    """A release without its digests, and what it is made of: answers, or the names of blocks."""

    weeks: tuple[date, date]
    published_on: date
    vector: tuple[int, ...]
    set_aside: str
    made_of: frozenset[object]


class Answer(NamedTuple):
    id: uuid.UUID
    place_id: int
    survey_version_id: int
    evidence: str
    week: date
    answers: str
    verdict: str
    reason: str


class SlowPublisher:
    def __init__(self) -> None:
        self.releases: dict[Name, Published] = {}
        self._members: set[uuid.UUID] = set()
        self._ends: dict[Chain, tuple[int, date]] = {}
        self._parts: dict[Chain, list[Name]] = defaultdict(list)

    def publish(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._until, self._now_week = last_settled_week(now), week_of(now)
        self._ancestry = Ancestry.load(session)
        groups: dict[Chain, list[Answer]] = defaultdict(list)
        for answer in _answers(session):
            if answer.id not in self._members and answer.week <= self._until:
                groups[Chain(answer.place_id, answer.survey_version_id, answer.evidence, "own")].append(answer)
        pools: dict[tuple[Chain, tuple[int, ...]], list[Answer]] = defaultdict(list)
        for chain in sorted(groups):
            for above, left in self._own(chain, groups[chain]):
                for answer in left:
                    level = min(rest_level(answer.week, self._now_week), len(above))
                    if level:
                        pools[chain._replace(place_id=above[level - 1], kind="rest"), above[level:]].append(answer)
        for (chain, above), pool in sorted(pools.items(), key=lambda item: item[0]):
            planned = plan_rest(_waiting(pool), self._until)
            if planned:
                self._block(chain, planned, pool, (chain.place_id, *above))
        for chain, parts in sorted(self._parts.items()):
            self._sum(chain, parts)
        self._parts.clear()

    def _own(self, chain: Chain, answers: list[Answer]) -> Iterable[tuple[tuple[int, ...], list[Answer]]]:
        lines: dict[tuple[int, ...], list[Answer]] = defaultdict(list)
        for answer in answers:
            lines[self._ancestry.ancestors(answer.place_id, answer.week)].append(answer)
        for above, waiting in sorted(lines.items()):
            _, after = self._ends.get(chain, (0, None))
            taken: set[int] = set()
            for planned in plan_blocks(_waiting(waiting), after, self._until):
                inner = self._ancestry.children(chain.place_id, planned.weeks.last)
                self._block(chain, planned, waiting, (chain.place_id, *above) if inner else above)
                taken |= {*planned.counted, *planned.set_aside}
            yield above, [answer for at, answer in enumerate(waiting) if at not in taken]

    def _block(self, chain: Chain, planned: object, waiting: Sequence[Answer], above: Iterable[int]) -> None:
        counted, aside = ([waiting[at] for at in getattr(planned, name)] for name in ("counted", "set_aside"))
        weeks = planned.weeks  # type: ignore[attr-defined]
        counter = counter_of(self._session, chain.survey_version_id)
        told = set_aside_json(
            Counter(one.reason for one in aside), counter.count((one.answers for one in aside), weeks.last)
        )
        vector = counter.count((one.answers for one in counted), weeks.last)
        members = frozenset(one.id for one in (*counted, *aside))
        self._members |= members
        name = self._release(chain, (weeks.first, weeks.last), vector, told, members)
        for place in above:
            self._parts[chain._replace(place_id=place, kind="sum")].append(name)

    def _sum(self, chain: Chain, names: list[Name]) -> None:
        parts = [self.releases[name] for name in names]
        weeks = min(part.weeks[0] for part in parts), max(part.weeks[1] for part in parts)
        told = add_set_aside(part.set_aside for part in parts)
        self._release(chain, weeks, add(part.vector for part in parts), told, frozenset(names))

    def _release(
        self, chain: Chain, weeks: tuple[date, date], vector: Sequence[int], told: str, made_of: frozenset[object]
    ) -> Name:
        number = self._ends.get(chain, (0, None))[0] + 1
        self._ends[chain] = number, weeks[1]
        name = (*chain, number)
        self.releases[name] = Published(weeks, day_of(self._now), tuple(vector), told, made_of)
        return name


def stored_releases(session: Session) -> dict[Name, Published]:
    """What was published, in the same words."""
    rows = {row.id: row for row in session.scalars(select(Release).where(Release.number > 0))}
    names: dict[int, Name] = {
        id_: (row.place_id, row.survey_version_id, row.evidence, row.kind, row.number) for id_, row in rows.items()
    }
    made_of: dict[int, set[object]] = defaultdict(set)
    for response_id, release_id in session.execute(select(ReleaseMember.response_id, ReleaseMember.release_id)):
        made_of[release_id].add(response_id)
    for parent, part in session.execute(select(ReleasePart.parent_release_id, ReleasePart.release_id)):
        made_of[parent].add(names[part])
    return {
        names[id_]: Published(
            (row.first_week, row.last_week),
            row.published_on,
            unpack(row.counters),
            row.set_aside,
            frozenset(made_of[id_]),
        )
        for id_, row in rows.items()
    }


def _answers(session: Session) -> list[Answer]:
    newest = select(Verdict.response_id, func.max(Verdict.sequence).label("sequence"))
    held = newest.group_by(Verdict.response_id).subquery()
    rows = session.execute(
        select(Response, Verdict.verdict, Verdict.reasons)
        .join(held, held.c.response_id == Response.id)
        .join(Verdict, (Verdict.response_id == Response.id) & (Verdict.sequence == held.c.sequence))
    )
    return [
        Answer(
            one.id,
            one.place_id,
            one.survey_version_id,
            Channel(one.channel).evidence.value,
            one.week,
            one.answers,
            verdict,
            reasons.strip('[]"').split('"')[0],
        )
        for one, verdict, reasons in rows
    ]


def _waiting(answers: Sequence[Answer]) -> list[Waiting]:
    return [Waiting(at, one.week, one.verdict == "counted") for at, one in enumerate(answers)]
