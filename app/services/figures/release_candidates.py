"""Answers that are in no release yet: the groups of which there may be enough, and the answers themselves.

What waits is asked of a small table that folding and publishing keep, not of all answers ever. Whether it is right
decides how soon a block is published; what is in a block is decided by the answers.
"""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.disclosure import MINIMUM
from app.domain.figures.release import ReleaseKind, rest_level
from app.domain.responses.reason import Reason
from app.domain.responses.screening.decision import last_found
from app.domain.responses.verdict import Decision
from app.domain.weeks import week_of
from app.models import Arrival, Finding, Release, ReleaseMember, Response, Verdict, WaitingCell
from app.models.round import in_round
from app.models.verdict import LATER
from app.services.chunks import chunks
from app.services.figures.counting.cells import NO_REASONS, Cell
from app.services.places.ancestry import Ancestry
from app.services.responses.arrivals import KEPT, MARGIN
from app.services.responses.screening.screener import Group
from app.services.responses.verdicts import holds

#: the places above, the nearest first
Line = tuple[int, ...]
#: the number of a release whose members are still being gathered; nothing shows it
UNFINISHED = 0
NEVER = datetime.max.replace(tzinfo=UTC)
_EVIDENCE = {channel.value: channel.evidence for channel in Channel}


class Pool(NamedTuple):
    """Answers of places below that never came to ten by themselves, and what lies above their place of pooling."""

    group: Group
    above: Line


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer in no release. `reason` is the first for which it was set aside, if it was."""

    id: uuid.UUID
    cell: Cell
    answers: str
    verdict: str
    reason: str
    #: the place of its verdict among those of this answer
    sequence: int
    #: whether a person decided
    is_decided: bool

    @property
    def week(self) -> date:
        return self.cell.week

    @property
    def counted(self) -> bool:
        return self.verdict == Decision.COUNTED


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a block can be made: weeks in which answers of a group wait, and the groups that give to a pool."""

    own: dict[Group, set[date]] = field(default_factory=dict)
    pools: dict[Pool, dict[Group, set[date]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What enters no block yet: answers whose minute of arrival is known still, so that not all was found about them,
    and copies that were found in `undecided_from` or later, over which somebody may decide.

    `fewer`: how many of those that wait as counted are among the former. `since`: what arrives from then on is among
    them too, and looked for each time.
    """

    fresh: frozenset[uuid.UUID] = frozenset()
    fewer: Mapping[Cell, int] = field(default_factory=Counter)
    undecided_from: date = date.max
    since: datetime = NEVER


NOTHING_WITHHELD = Withheld()


def look_for_withheld(session: Session, until: date, now: datetime) -> Withheld:
    """Of weeks that have settled. It looks through what arrived in 72 hours."""
    columns = (Response.id, Verdict.verdict, Response.place_id, Response.survey_version_id, Response.week)
    late = (
        select(*columns, Response.channel)
        .join(Arrival, Arrival.response_id == Response.id)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(Arrival.arrived_at >= now - KEPT, Response.week <= until, holds())
    )
    fresh: set[uuid.UUID] = set()
    fewer: Counter[Cell] = Counter()
    for row in session.execute(late):
        fresh.add(row.id)
        fewer[Cell(*row[2:])] += row.verdict == Decision.COUNTED
    return Withheld(frozenset(fresh), fewer, last_found(week_of(now)), now - MARGIN)


def look_out(
    session: Session, ancestry: Ancestry, until: date, now_week: date, withheld: Withheld = NOTHING_WITHHELD
) -> Outlook:
    """Groups of which ten that count wait up to a settled week, and pools that have come to ten. Only reads."""
    weeks: dict[Group, set[date]] = defaultdict(set)
    lines: Counter[tuple[Group, Line]] = Counter()
    pooled: Counter[Pool] = Counter()
    givers: dict[Pool, dict[Group, set[date]]] = defaultdict(lambda: defaultdict(set))
    columns = (
        WaitingCell.place_id,
        WaitingCell.survey_version_id,
        WaitingCell.channel,
        WaitingCell.week,
        WaitingCell.counted,
        WaitingCell.set_aside,
    )
    ordinary = ~in_round(WaitingCell.survey_version_id)
    rows = session.execute(select(*columns).where(WaitingCell.week <= until, ordinary))
    ancestors = cache(ancestry.ancestors)
    for place_id, version_id, channel, week, counted, set_aside in rows:
        counted -= withheld.fewer.get(Cell(place_id, version_id, week, channel), 0)
        if counted <= 0 and set_aside <= 0:
            continue
        group = Group(place_id, version_id, _EVIDENCE[channel])
        line = ancestors(place_id, week)
        weeks[group].add(week)
        lines[group, line] += max(0, counted)
        pool = pool_of(group, line, week, now_week)
        if pool:
            # A group that gives only what was set aside gives to the pool all the same.
            pooled[pool] += max(0, counted)
            givers[pool][group].add(week)
    enough = {group for (group, _), number in lines.items() if number >= MINIMUM}
    own = enough - _published_up_to(session, until) if enough else enough
    return Outlook(
        {group: weeks[group] for group in sorted(own)},
        {pool: givers[pool] for pool in sorted(pooled) if pooled[pool] >= MINIMUM},
    )


def pool_of(group: Group, line: Line, week: date, now_week: date) -> Pool | None:
    """Where an answer of this week is pooled, if it has waited long enough."""
    level = min(rest_level(week, now_week), len(line))
    return Pool(group._replace(place_id=line[level - 1]), line[level:]) if level else None


def candidates(
    session: Session, group: Group, weeks: Collection[date], withheld: Withheld = NOTHING_WITHHELD
) -> list[Candidate]:
    """The waiting answers of a group in these weeks, in an order that says nothing of when they came."""
    named = {
        "place": group.place_id,
        "version": group.survey_version_id,
        "weeks": sorted(weeks),
        "channels": group.channels,
    }
    waiting = [
        Candidate(
            id_,
            Cell(group.place_id, group.survey_version_id, week, channel),
            answers,
            verdict,
            _first(reasons),
            sequence,
            account_id is not None,
        )
        for id_, week, channel, answers, verdict, reasons, sequence, account_id in session.execute(_waiting(), named)
        if id_ not in withheld.fresh
    ]
    undecided = _undecided(session, waiting, withheld.undecided_from)
    # Asked after the answers were read, so that none of these can be missing.
    newest = set(session.scalars(select(Arrival.response_id).where(Arrival.arrived_at >= withheld.since)))
    return [one for one in waiting if one.id not in undecided and one.id not in newest]


def _undecided(session: Session, waiting: Collection[Candidate], since: date) -> set[uuid.UUID]:
    """Of these, the copies over which somebody may decide still."""
    copied = [one.id for one in waiting if one.reason == Reason.COPIED and not one.is_decided]
    found: set[uuid.UUID] = set()
    for chunk in chunks(copied):
        named = select(Finding.response_id).where(Finding.response_id.in_(chunk), Finding.week >= since)
        found.update(session.scalars(named))
    return found


def count_later_verdicts(session: Session) -> int:
    """How many verdicts took the place of an earlier one. Verdicts are never taken back, so it tells if any came."""
    return session.scalar(_later()) or 0


@cache
def _later() -> Select[int]:
    """Built once, as the next."""
    return select(func.count()).select_from(Verdict).where(LATER)


def later_verdicts(session: Session) -> Mapping[uuid.UUID, int]:
    """The newest verdict of every answer that has several."""
    newest = select(Verdict.response_id, func.max(Verdict.sequence)).where(LATER).group_by(Verdict.response_id)
    return dict(session.execute(newest).all())


@cache
def _waiting() -> Select[uuid.UUID, date, str, str, str, str, int, int | None]:
    """Built once: for a thousand stations, putting the statement together would take longer than running it."""
    return (
        select(
            Response.id,
            Response.week,
            Response.channel,
            Response.answers,
            Verdict.verdict,
            Verdict.reasons,
            Verdict.sequence,
            Verdict.account_id,
        )
        .join(Verdict, Verdict.response_id == Response.id)
        .where(
            Response.place_id == bindparam("place"),
            Response.survey_version_id == bindparam("version"),
            Response.channel.in_(bindparam("channels", expanding=True)),
            Response.week.in_(bindparam("weeks", expanding=True)),
            in_no_release(),
            holds(),
        )
        .order_by(Response.id)
    )


def in_no_release() -> ColumnElement[bool]:
    return ~exists(select(1).where(ReleaseMember.response_id == Response.id))


def _published_up_to(session: Session, until: date) -> set[Group]:
    """Groups whose own blocks reach up to this week already: what waits of them has to wait for the next."""
    columns = (Release.place_id, Release.survey_version_id, Release.evidence)
    finished = Release.number > UNFINISHED
    own = select(*columns).where(Release.last_week >= until, Release.kind == ReleaseKind.OWN.value, finished)
    return {Group(place, version, Evidence(evidence)) for place, version, evidence in session.execute(own.distinct())}


def _first(reasons: str) -> str:
    """Of most answers there is none."""
    return "" if reasons == NO_REASONS else json.loads(reasons)[0]
