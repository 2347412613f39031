"""Writing releases: rows, members, parts and the chains of digests."""

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, exists, insert, select, text, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.figures.counters import add, pack, unpack
from app.domain.figures.release import PlannedBlock, ReleaseKind, add_set_aside, digest_of, set_aside_json
from app.domain.json_value import JsonObject
from app.domain.weeks import Weeks
from app.models import (
    AwaitedPart,
    Place,
    Release,
    ReleaseJoint,
    ReleaseMember,
    ReleasePart,
    Response,
    Survey,
    SurveyVersion,
    Verdict,
)
from app.services.chunks import chunks
from app.services.figures.counting.cells import Cell, Waits
from app.services.figures.counting.recounts import mark_cells
from app.services.figures.counting.store import add_waits
from app.services.figures.counting.survey_counters import counter_of
from app.services.figures.joint_counts import Joint, add_joints, count_joint, joint_layout_of, keep_joints
from app.services.figures.release_candidates import UNFINISHED, Candidate
from app.services.responses.screening.screener import Group
from app.services.responses.verdicts import holds

SALT_BYTES = 16
#: blocks that are added up in one sum, which is one transaction; what a year without publishing has left makes several
MOST_PARTS = 5_000


@dataclass(frozen=True, slots=True)
class Block:
    """A block that was planned and counted, and is still to be written. `awaited_by` are places that add it up."""

    group: Group
    kind: ReleaseKind
    weeks: Weeks
    vector: list[int]
    joint: Joint | None
    set_aside: str
    members: list[Candidate]
    awaited_by: tuple[int, ...]


def count_block(
    session: Session, group: Group, kind: ReleaseKind, planned: PlannedBlock, waiting: Sequence[Candidate]
) -> Block:
    """Count a block; the session need not hold a lock. Who awaits it is said by the caller."""
    counted = [waiting[place] for place in planned.counted]
    aside = [waiting[place] for place in planned.set_aside]
    counter = counter_of(session, group.survey_version_id)
    week = planned.weeks.last
    reasons, decided = Counter(one.reason for one in aside), sum(one.is_decided for one in (*counted, *aside))
    told = set_aside_json(reasons, counter.count((one.answers for one in aside), week), decided)
    vector = counter.count((one.answers for one in counted), week)
    joint = count_joint(joint_layout_of(session, group.survey_version_id), (one.answers for one in counted))
    members = sorted((*counted, *aside), key=lambda one: one.id)
    return Block(group, kind, planned.weeks, vector, joint, told, members, ())


class ReleaseWriter:
    """Adds releases to their chains: one chain for each place, version, evidence class and kind.

    Whoever calls it holds the lock of the job, so that chains end where it finds their ends.
    """

    def __init__(self, names: "ChainNames", published_on: date) -> None:
        self._names = names
        self._published_on = published_on

    def write_block(self, session: Session, block: Block) -> None:
        """Store a block with its members."""
        release = self._new(session, block.group, block.kind, block.weeks, block.vector, block.set_aside)
        session.add(release)
        session.flush()
        keep_joints(session, [(release, block.joint)])
        add_members(session, release.id, block.members)
        _await(session, release.id, block.awaited_by)

    def begin_block(self, session: Session, block: Block) -> int:
        """Make room for a long block, whose members follow in portions: a row that nothing shows; its id."""
        chain = select(Release.id).where(*_in_chain(), Release.number == UNFINISHED)
        begun = session.scalar(chain, _chain(block.group, block.kind))
        if begun is not None:
            return begun
        release = self._new(session, block.group, block.kind, block.weeks, [0] * len(block.vector), "{}")
        release.number, release.digest, release.previous_digest = UNFINISHED, "", ""
        session.add(release)
        session.flush()
        return release.id

    def finish_block(self, session: Session, release_id: int, block: Block) -> None:
        """Once all its members are there: from here on it is a release like any other."""
        new = self._new(session, block.group, block.kind, block.weeks, block.vector, block.set_aside)
        values = {one.name: getattr(new, one.name) for one in Release.__table__.columns if one.name != "id"}
        session.execute(update(Release).where(Release.id == release_id).values(**values))
        new.id = release_id
        keep_joints(session, [(new, block.joint)])
        _await(session, release_id, block.awaited_by)

    def write_sum(self, session: Session, group: Group) -> bool:
        """Store a release that is made of the blocks which its place awaits, the oldest first; whether more wait."""
        columns = (Release.first_week, Release.last_week, Release.counters, Release.set_aside, Release.digest)
        joint = (ReleaseJoint.layout, ReleaseJoint.counters.label("joint"))
        waiting = session.execute(
            select(Release.id, *columns, *joint)
            .join(AwaitedPart, AwaitedPart.release_id == Release.id)
            .outerjoin(ReleaseJoint, ReleaseJoint.release_id == Release.id)
            .where(
                AwaitedPart.place_id == group.place_id,
                Release.survey_version_id == group.survey_version_id,
                Release.evidence == group.evidence.value,
            )
            .order_by(Release.last_week, Release.id)
            .limit(MOST_PARTS + 1)
        ).all()
        parts = waiting[:MOST_PARTS]
        release = self._new(
            session,
            group,
            ReleaseKind.SUM,
            Weeks(min(part.first_week for part in parts), max(part.last_week for part in parts)),
            add(unpack(part.counters) for part in parts),
            add_set_aside(part.set_aside for part in parts),
            [part.digest for part in parts],
        )
        session.add(release)
        session.flush()
        joints = (Joint(part.layout, part.joint) if part.layout else None for part in parts)
        keep_joints(session, [(release, add_joints(joints))])
        session.execute(insert(ReleasePart), [{"parent_release_id": release.id, "release_id": one.id} for one in parts])
        for chunk in chunks(part.id for part in parts):
            taken = AwaitedPart.place_id == group.place_id, AwaitedPart.release_id.in_(chunk)
            session.execute(delete(AwaitedPart).where(*taken))
        return len(waiting) > len(parts)

    def _new(
        self,
        session: Session,
        group: Group,
        kind: ReleaseKind,
        weeks: Weeks,
        vector: Sequence[int],
        set_aside: str,
        parts: Iterable[str] = (),
    ) -> Release:
        """The next release of a chain, in no session yet. `parts` are the digests of its blocks."""
        head = _head(session, group, kind)
        release = Release(
            place_id=group.place_id,
            survey_version_id=group.survey_version_id,
            evidence=group.evidence.value,
            kind=kind.value,
            number=head.number + 1 if head else 1,
            first_week=weeks.first,
            last_week=weeks.last,
            published_on=self._published_on,
            responses=vector[0],
            counters=pack(vector),
            set_aside=set_aside,
            salt=secrets.token_bytes(SALT_BYTES),
            previous_digest=head.digest if head else "",
        )
        release.digest = digest_of(self._names.content(release, parts))
        return release


def last_week(session: Session, group: Group, kind: ReleaseKind) -> date | None:
    """The last week of the newest release of this kind, None before the first."""
    head = _head(session, group, kind)
    return head.last_week if head else None


def add_members(session: Session, release_id: int, members: Sequence[Candidate]) -> None:
    """Put answers into a block, and take them off what waits."""
    session.execute(insert(ReleaseMember), [{"response_id": one.id, "release_id": release_id} for one in members])
    _count_waiting(session, ((one.cell, one.verdict, one.sequence) for one in members), -1)


def take_members(session: Session, release_id: int, most: int) -> int:
    """Take answers out of a block that was broken off, to wait again; how many were taken."""
    cell = (Response.place_id, Response.survey_version_id, Response.week, Response.channel)
    rows = session.execute(
        select(Response.id, Verdict.verdict, Verdict.sequence, *cell)
        .join(ReleaseMember, ReleaseMember.response_id == Response.id)
        .join(Release, Release.id == ReleaseMember.release_id)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(ReleaseMember.release_id == release_id, Release.number == UNFINISHED, holds())
        .limit(most)
    ).all()
    for chunk in chunks(id_ for id_, *_ in rows):
        session.execute(delete(ReleaseMember).where(ReleaseMember.response_id.in_(chunk)))
    _count_waiting(session, ((Cell(*row[3:]), row.verdict, row.sequence) for row in rows), 1)
    return len(rows)


def _count_waiting(session: Session, answers: Iterable[tuple[Cell, str, int]], number: int) -> None:
    """Add this number for each answer, given its cell and the verdict that holds."""
    found: Counter[tuple[Cell, str]] = Counter()
    changed: set[Cell] = set()
    for cell, verdict, sequence in answers:
        found[cell, verdict] += 1
        if sequence > 1:
            # It may be folded or not yet: whoever counts the cell anew is right in either case.
            changed.add(cell)
    waits: dict[Cell, Waits] = defaultdict(Waits)
    for (cell, verdict), times in found.items():
        waits[cell] = waits[cell].with_one(verdict, times * number)
    add_waits(session, waits)
    mark_cells(session, changed)


def unfinished_blocks(session: Session) -> list[int]:
    """Long blocks that a run before has begun and not finished."""
    member = exists(select(1).where(ReleaseMember.release_id == Release.id))
    return list(session.scalars(select(Release.id).where(text("number = 0"), member)))


def awaited_sums(session: Session) -> list[Group]:
    """The places that have blocks to add up."""
    columns = (AwaitedPart.place_id, Release.survey_version_id, Release.evidence)
    rows = session.execute(select(*columns).join(Release, Release.id == AwaitedPart.release_id).distinct())
    return sorted(Group(place, version, Evidence(evidence)) for place, version, evidence in rows)


class ChainNames:
    """What a release is called in its digest: names that survive a move to another database, not row numbers."""

    def __init__(self, session: Session) -> None:
        self._places = dict(session.execute(select(Place.id, Place.code)).all())
        columns = (SurveyVersion.id, Survey.slug, SurveyVersion.number, SurveyVersion.fingerprint)
        rows = session.execute(select(*columns).join(Survey, Survey.id == SurveyVersion.survey_id))
        self._versions = {id_: (slug, number, fingerprint) for id_, slug, number, fingerprint in rows}

    def content(self, release: Release, parts: Iterable[str]) -> JsonObject:
        """Everything the digest of a release covers. `parts` are the digests of its blocks."""
        slug, version, fingerprint = self._versions[release.survey_version_id]
        return {
            "place": self._places[release.place_id],
            "survey": slug,
            "version": version,
            "fingerprint": fingerprint,
            "evidence": release.evidence,
            "kind": release.kind,
            "number": release.number,
            "first_week": release.first_week.isoformat(),
            "last_week": release.last_week.isoformat(),
            "published_on": release.published_on.isoformat(),
            "responses": release.responses,
            "counters": release.counters.hex(),
            "set_aside": json.loads(release.set_aside),
            "parts": sorted(parts),
            "salt": release.salt.hex(),
            "previous": release.previous_digest,
        }


def _await(session: Session, release_id: int, places: Iterable[int]) -> None:
    rows = [{"place_id": place, "release_id": release_id} for place in places]
    if rows:
        session.execute(insert(AwaitedPart), rows)


def _head(session: Session, group: Group, kind: ReleaseKind) -> Row[int, str, date] | None:
    """The newest release of a chain."""
    return session.execute(_newest_in_chain(), _chain(group, kind)).first()


@cache
def _newest_in_chain() -> Select[int, str, date]:
    """Built once: it is asked twice for every block, and putting it together takes longer than running it."""
    columns = (Release.number, Release.digest, Release.last_week)
    finished = select(*columns).where(*_in_chain(), Release.number > UNFINISHED)
    return finished.order_by(Release.number.desc()).limit(1)


def _chain(group: Group, kind: ReleaseKind) -> dict[str, object]:
    """A chain by the names of its columns."""
    return {**group._asdict(), "evidence": group.evidence.value, "kind": kind.value}


def _in_chain() -> tuple[ColumnElement[bool], ...]:
    """The condition under which a release is in the chain whose `_chain` is given."""
    columns = (Release.place_id, Release.survey_version_id, Release.evidence, Release.kind)
    return tuple(column == bindparam(column.key) for column in columns)
