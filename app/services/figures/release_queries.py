"""Reading releases: those that a place shows, and whether all of them are as they were published."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Row, Select, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.domain.codes.channel import Evidence
from app.domain.figures.counters import add, unpack
from app.domain.figures.release import ReleaseKind, add_set_aside, digest_of
from app.domain.weeks import Weeks
from app.models import AwaitedJoint, RecordEntry, Release, ReleaseJoint, ReleaseMember, ReleasePart
from app.models.round import in_round
from app.services.figures.joint_counts import Joint, add_joints, joint_digest
from app.services.figures.release_candidates import UNFINISHED
from app.services.figures.release_writer import ChainNames
from app.services.malformed import MALFORMED
from app.services.odd_rows import odd_rows, readable
from app.services.record.sources.releases import RELEASE

#: rows that are held at a time
_AT_ONCE = 500
#: the sum that it is part of, its counters, what it set aside, its digest, its joint vector and the layout of that
_Part = Row[int, bytes, str, str, str | None, bytes | None]


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A release with exact counts: for `app.domain.figures.disclosure`, never for a page."""

    id: int
    survey_version_id: int
    evidence: Evidence
    kind: ReleaseKind
    number: int
    weeks: Weeks
    published_on: date
    responses: int
    vector: tuple[int, ...]
    set_aside: int
    reasons: dict[str, int]
    set_aside_vector: tuple[int, ...]
    #: about how many of all its answers a person decided
    decided: int
    digest: str


def releases_of(session: Session, place_id: int, version_ids: Collection[int]) -> list[PublishedRelease]:
    """What a place shows, the oldest first: its sums, and its own blocks that are in none of its sums.

    What came of a round is shown by that round alone.
    """
    parent = aliased(Release)
    in_own_sum = (
        select(1)
        .select_from(ReleasePart)
        .join(parent, parent.id == ReleasePart.parent_release_id)
        .where(ReleasePart.release_id == Release.id, parent.place_id == Release.place_id)
    )
    rows = session.scalars(
        select(Release)
        .where(
            Release.place_id == place_id,
            Release.survey_version_id.in_(version_ids),
            Release.number > UNFINISHED,
            ~in_round(Release.survey_version_id),
            ~exists(in_own_sum),
        )
        .order_by(Release.published_on, Release.last_week, Release.kind, Release.number)
    )
    return [_published(row) for row in rows]


def blocks_of_round(session: Session, version_id: int) -> list[PublishedRelease]:
    """What came of a round, by the version that it asked: one block of each evidence class that had enough."""
    rows = select(Release).where(Release.survey_version_id == version_id, Release.number > UNFINISHED)
    return [_published(row) for row in session.scalars(rows.order_by(Release.evidence))]


@dataclass(frozen=True, slots=True)
class Verification:
    """How many releases were looked at, and one sentence for each that is not as it was published."""

    releases: int
    faults: list[str] = field(default_factory=list)


def verify_releases(session: Session) -> Verification:
    """Recompute every digest and chain, check that blocks hold ten and sums are the sums of their parts, and that each
    is the one that the public record tells of: who makes all digests anew has no key to that.

    Releases, parts and members are read side by side, so that memory grows with the chains and not with what was
    ever published.
    """
    names = ChainNames(session)
    parts = _Beside(_parts(session))
    chain, end, seen = None, _START, 0
    faults = [str(odd) for odd in odd_rows(session, Release)]
    rows = _finished().where(readable(session, Release))
    for release, members, joint, is_awaited, entered in session.execute(rows):
        seen += 1
        if (chain_of := (release.place_id, release.survey_version_id, release.evidence, release.kind)) != chain:
            chain, end = chain_of, _START
        below = parts.of(release.id)
        found = [*_faults_of_chain(release, end)]
        try:
            found += _faults(release, below, members)
            if digest_of(names.content(release, [part.digest for part in below])) != release.digest:
                found.append("its content does not match its digest")
            if entered is not None and json.loads(entered)["content"] != release.digest:
                found.append("it is not the one that stands in the public record")
            found += _faults_of_joint(release, joint, () if is_awaited else below)
        except MALFORMED:
            found.append("what is stored of it, of a part of it or in the record about it cannot be read")
        faults += [f"release {release.id}: {fault}" for fault in found]
        end = _End(release.number, release.digest)
    return Verification(seen, faults)


class _End(NamedTuple):
    """Where a chain ends so far."""

    number: int
    digest: str


_START = _End(0, "")


class _Beside:
    """The parts of releases, in the order in which those are read, and no faster."""

    def __init__(self, rows: Iterable[_Part]) -> None:
        self._groups = groupby(rows, key=lambda row: int(row.parent_release_id))
        self._next = next(self._groups, None)

    def of(self, release_id: int) -> list[_Part]:
        if self._next is None or self._next[0] != release_id:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _faults_of_chain(release: Release, before: _End) -> Iterator[str]:
    if release.previous_digest != before.digest:
        yield "it does not follow the release before it"
    if release.number != before.number + 1:
        yield "a release before it is missing"


def _faults(release: Release, parts: Sequence[_Part], members: int) -> Iterator[str]:
    set_aside = json.loads(release.set_aside)
    if unpack(release.counters)[0] != release.responses:
        yield "its counters do not match its number of answers"
    if release.kind != ReleaseKind.SUM:
        if members != release.responses + set_aside["responses"]:
            yield "its members do not match its number of answers"
    elif not parts:
        yield "its parts are missing"
    elif add(unpack(part.counters) for part in parts) != list(unpack(release.counters)):
        yield "its counters are not the sum of its parts"
    elif json.loads(add_set_aside(part.set_aside for part in parts)) != set_aside:
        yield "its set-aside answers are not the sum of its parts"


def _faults_of_joint(release: Release, kept: ReleaseJoint | None, parts: Sequence[_Part]) -> Iterator[str]:
    """`parts` are those of a sum; none while it waits to be made anew of them."""
    if kept is None:
        return
    joint = Joint(kept.layout, kept.counters)
    if joint_digest(joint, release.digest, release.salt) != kept.digest:
        yield "its joint counters do not match their digest"
    elif parts and add_joints(Joint(part.layout, part.joint) if part.layout else None for part in parts) != joint:
        yield "its joint counters are not the sum of its parts"


def _finished() -> Select[Release, int, ReleaseJoint | None, bool, str | None]:
    """All releases, chain after chain; how many answers are in each, its joint vector, whether that is awaited, and
    what the record tells of it.
    """
    members = select(func.count()).where(ReleaseMember.release_id == Release.id).scalar_subquery()
    every = (
        select(Release, members, ReleaseJoint, AwaitedJoint.release_id.is_not(None), RecordEntry.content)
        .outerjoin(ReleaseJoint, ReleaseJoint.release_id == Release.id)
        .outerjoin(AwaitedJoint, AwaitedJoint.release_id == Release.id)
        .outerjoin(RecordEntry, and_(RecordEntry.about == RELEASE, RecordEntry.about_id == Release.id))
        .where(Release.number > UNFINISHED)
    )
    return every.order_by(*_place_in_chain(Release)).execution_options(yield_per=_AT_ONCE)


def _parts(session: Session) -> Iterable[_Part]:
    parent = aliased(Release)
    columns = (ReleasePart.parent_release_id, Release.counters, Release.set_aside, Release.digest)
    joint = (ReleaseJoint.layout, ReleaseJoint.counters.label("joint"))
    rows = (
        select(*columns, *joint)
        .select_from(parent)
        .join(ReleasePart, ReleasePart.parent_release_id == parent.id)
        .join(Release, Release.id == ReleasePart.release_id)
        .outerjoin(ReleaseJoint, ReleaseJoint.release_id == Release.id)
        .where(parent.number > UNFINISHED, readable(session, parent))
        .order_by(*_place_in_chain(parent))
    )
    return session.execute(rows.execution_options(yield_per=_AT_ONCE))


def _place_in_chain(release: type[Release]) -> tuple[InstrumentedAttribute[int] | InstrumentedAttribute[str], ...]:
    return release.place_id, release.survey_version_id, release.evidence, release.kind, release.number


def _published(row: Release) -> PublishedRelease:
    set_aside = json.loads(row.set_aside)
    return PublishedRelease(
        row.id,
        row.survey_version_id,
        Evidence(row.evidence),
        ReleaseKind(row.kind),
        row.number,
        Weeks(row.first_week, row.last_week),
        row.published_on,
        row.responses,
        unpack(row.counters),
        set_aside["responses"],
        set_aside["reasons"],
        unpack(bytes.fromhex(set_aside["counters"])),
        set_aside.get("decided", 0),
        row.digest,
    )
