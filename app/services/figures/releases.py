"""Releases: publish what can be published, say what was, and check that nobody changed it.

How blocks are formed, and why no group of fewer than ten can be isolated, is said in `app.domain.figures.release`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.figures.release import ReleaseKind, Waiting, plan_blocks, plan_rest, rest_level
from app.domain.weeks import day_of, last_settled_week, week_of
from app.models import Release
from app.services.figures.release_candidates import Candidate, Group, candidates, waiting_groups
from app.services.figures.release_writer import ReleaseWriter
from app.services.locks import Job, hold
from app.services.places.ancestry import Ancestry

#: the places above, the nearest first
Line = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """How many releases of each kind a run has made."""

    own: int
    rest: int
    sums: int


def publish_releases(session: Session, now: datetime) -> Published:
    """Publish every block that has come to ten, and the sums of the places above them."""
    hold(session, Job.PUBLISH)
    return _Run(session, now).publish()


class _Run:
    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._until = last_settled_week(now)
        self._now_week = week_of(now)
        self._ancestry = Ancestry.load(session)
        self._writer = ReleaseWriter(session, day_of(now))
        self._pools: dict[tuple[Group, Line], list[Candidate]] = defaultdict(list)
        self._parts: dict[Group, list[Release]] = defaultdict(list)
        self._made = dict.fromkeys(ReleaseKind, 0)

    def publish(self) -> Published:
        for group in waiting_groups(self._session, self._until, self._now_week):
            self._publish_own(group)
        for (group, above), pool in sorted(self._pools.items(), key=lambda item: item[0]):
            self._publish_rest(group, above, pool)
        for group, parts in sorted(self._parts.items()):
            self._writer.write_sum(group, parts)
            self._made[ReleaseKind.SUM] += 1
        self._writer.finish()
        return Published(*(self._made[kind] for kind in (ReleaseKind.OWN, ReleaseKind.REST, ReleaseKind.SUM)))

    def _publish_own(self, group: Group) -> None:
        """The blocks of one place; what is left and old goes to the pool of a place above."""
        lines: dict[Line, list[Candidate]] = defaultdict(list)
        for candidate in candidates(self._session, group, self._until):
            lines[self._ancestry.ancestors(group.place_id, candidate.week)].append(candidate)
        for above, waiting in sorted(lines.items()):
            taken: set[int] = set()
            after = self._writer.last_week(group, ReleaseKind.OWN)
            for planned in plan_blocks(_waiting(waiting), after, self._until):
                release = self._writer.write_block(group, ReleaseKind.OWN, planned, waiting)
                self._count(release, ReleaseKind.OWN, above, inner=self._is_inner(group.place_id, release.last_week))
                taken.update(planned.counted, planned.set_aside)
            self._pool(group, above, [one for place, one in enumerate(waiting) if place not in taken])

    def _pool(self, group: Group, above: Line, left: list[Candidate]) -> None:
        for candidate in left:
            level = min(rest_level(candidate.week, self._now_week), len(above))
            if level:
                pool = group._replace(place_id=above[level - 1])
                self._pools[pool, above[level:]].append(candidate)

    def _publish_rest(self, group: Group, above: Line, pool: list[Candidate]) -> None:
        planned = plan_rest(_waiting(pool), self._until)
        if planned is not None:
            release = self._writer.write_block(group, ReleaseKind.REST, planned, pool)
            self._count(release, ReleaseKind.REST, above, inner=True)

    def _count(self, release: Release, kind: ReleaseKind, above: Line, *, inner: bool) -> None:
        """Put a new block among the parts of every place above it, and of its own if that has places below."""
        self._made[kind] += 1
        group = Group(release.place_id, release.survey_version_id, Evidence(release.evidence))
        for place_id in (release.place_id, *above) if inner else above:
            self._parts[group._replace(place_id=place_id)].append(release)

    def _is_inner(self, place_id: int, week: date) -> bool:
        return bool(self._ancestry.children(place_id, week))


def _waiting(candidates: list[Candidate]) -> list[Waiting]:
    return [Waiting(place, one.week, one.counted) for place, one in enumerate(candidates)]
