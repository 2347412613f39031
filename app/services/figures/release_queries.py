"""Reading releases: those that a place shows, and whether all of them are as they were published."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.codes.channel import Evidence
from app.domain.figures.counters import add, unpack
from app.domain.figures.release import ReleaseKind, digest_of
from app.domain.weeks import Weeks
from app.models import Release, ReleaseMember, ReleasePart
from app.services.figures.release_writer import ChainNames, add_set_aside


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """A release with exact counts: for `app.domain.figures.disclosure`, never for a page."""

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
    digest: str


def releases_of(session: Session, place_id: int, version_ids: Collection[int]) -> list[PublishedRelease]:
    """What a place shows, the oldest first: its sums, and its own blocks that are in none of its sums."""
    parent = aliased(Release)
    in_own_sum = (
        select(1)
        .select_from(ReleasePart)
        .join(parent, parent.id == ReleasePart.parent_release_id)
        .where(ReleasePart.release_id == Release.id, parent.place_id == Release.place_id)
    )
    rows = session.scalars(
        select(Release)
        .where(Release.place_id == place_id, Release.survey_version_id.in_(version_ids), ~exists(in_own_sum))
        .order_by(Release.published_on, Release.last_week, Release.kind, Release.number)
    )
    return [_published(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Verification:
    """How many releases were looked at, and one sentence for each that is not as it was published."""

    releases: int
    faults: list[str] = field(default_factory=list)


def verify_releases(session: Session) -> Verification:
    """Recompute every digest and chain, and check that blocks hold ten and sums are the sums of their parts."""
    names = ChainNames(session)
    parts = _parts(session)
    sizes = select(ReleaseMember.release_id, func.count()).group_by(ReleaseMember.release_id)
    members = dict(session.execute(sizes).all())
    ends: dict[tuple[object, ...], Release] = {}
    seen, faults = 0, []
    for release in session.scalars(select(Release).order_by(Release.number)):
        seen += 1
        chain = (release.place_id, release.survey_version_id, release.evidence, release.kind)
        below = parts.get(release.id, [])
        for fault in _faults(release, ends.get(chain), below, members.get(release.id, 0)):
            faults.append(f"release {release.id}: {fault}")
        if digest_of(names.content(release, [part.digest for part in below])) != release.digest:
            faults.append(f"release {release.id}: its content does not match its digest")
        ends[chain] = release
    return Verification(seen, faults)


def _faults(release: Release, before: Release | None, parts: list[Release], members: int) -> Iterator[str]:
    if release.previous_digest != (before.digest if before else ""):
        yield "it does not follow the release before it"
    if release.number != (before.number + 1 if before else 1):
        yield "a release before it is missing"
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


def _parts(session: Session) -> dict[int, list[Release]]:
    rows = session.execute(
        select(ReleasePart.parent_release_id, Release).join(Release, Release.id == ReleasePart.release_id)
    )
    parts: dict[int, list[Release]] = defaultdict(list)
    for parent_id, release in rows:
        parts[parent_id].append(release)
    return parts


def _published(row: Release) -> PublishedRelease:
    set_aside = json.loads(row.set_aside)
    return PublishedRelease(
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
        row.digest,
    )
