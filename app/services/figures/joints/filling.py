"""Filling in joint vectors: blocks are counted anew from their answers, sums are added up from their parts.

A block counts by the verdicts that counted when it was published. Those are not kept with it; what it published is, so
a vector is kept only if the same answers, counted as ever, give the very counters of the release.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.figures.counters import pack
from app.domain.figures.drivers.joint import JointLayout
from app.domain.figures.release import ReleaseKind
from app.domain.problem import Problem
from app.domain.responses.verdict import Decision
from app.models import AwaitedJoint, Release, ReleaseJoint, ReleaseMember, ReleasePart, Response, Verdict
from app.services.chunks import chunks
from app.services.figures.counting.survey_counters import SurveyCounter, counter_of
from app.services.figures.joint_counts import Joint, add_joints, count_joint, joint_layout_of, keep_joints

#: answers or parts that are read for one portion, at the least, if there are as many
MOST_READ = 5_000
#: releases of one portion
_MOST_RELEASES = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """A release that was awaited, and its vector if it can be told."""

    release: Release
    joint: Joint | None


def count_portion(session: Session, most_read: int = MOST_READ) -> list[Filled]:
    """The next releases of the list, counted. Parts are older than their sum, so they come before it."""
    awaited = select(Release).join(AwaitedJoint, AwaitedJoint.release_id == Release.id)
    filled: dict[int, Filled] = {}
    versions: dict[int, tuple[JointLayout, SurveyCounter]] = {}
    read = 0
    for release in session.scalars(awaited.order_by(Release.id).limit(_MOST_RELEASES)).all():
        version_id = release.survey_version_id
        if version_id not in versions:
            versions[version_id] = joint_layout_of(session, version_id), counter_of(session, version_id)
        layout, counter = versions[version_id]
        if release.kind == ReleaseKind.SUM:
            parts = list(_parts(session, release.id, filled))
            joint = add_joints(parts)
            read += len(parts)
        else:
            answers = _answers_of(session, release, counter)
            joint = count_joint(layout, answers) if answers is not None else None
            read += release.responses
        filled[release.id] = Filled(release, joint if joint and joint.layout == layout.name else None)
        if read >= most_read:
            break
    return list(filled.values())


def keep_portion(session: Session, filled: Sequence[Filled]) -> None:
    """Keep what was counted, and take all of it off the list. A vector of another layout does not stay."""
    for chunk in chunks(one.release.id for one in filled):
        session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id.in_(chunk)))
        session.execute(delete(AwaitedJoint).where(AwaitedJoint.release_id.in_(chunk)))
    keep_joints(session, ((one.release, one.joint) for one in filled))


def _parts(session: Session, sum_id: int, filled: dict[int, Filled]) -> Iterator[Joint | None]:
    """The vectors of a sum's parts, as they are kept or were counted in this portion."""
    rows = (
        select(ReleasePart.release_id, ReleaseJoint.layout, ReleaseJoint.counters)
        .outerjoin(ReleaseJoint, ReleaseJoint.release_id == ReleasePart.release_id)
        .where(ReleasePart.parent_release_id == sum_id)
    )
    for part_id, layout, counters in session.execute(rows):
        if part_id in filled:
            yield filled[part_id].joint
        else:
            yield Joint(layout, counters) if layout else None


def _answers_of(session: Session, release: Release, counter: SurveyCounter) -> list[str] | None:
    """The answers that a block has counted; None if none of what they are now gives what it published.

    Verdicts have no time: the first ones are tried, then those that hold.
    """
    answers: dict[UUID, str] = {}
    verdicts: dict[UUID, dict[int, str]] = defaultdict(dict)
    rows = (
        select(Response.id, Response.answers, Verdict.sequence, Verdict.verdict)
        .join(ReleaseMember, ReleaseMember.response_id == Response.id)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(ReleaseMember.release_id == release.id)
    )
    for id_, text, sequence, verdict in session.execute(rows):
        answers[id_] = text
        verdicts[id_][sequence] = verdict
    for held in (min, max):
        counted = [answers[id_] for id_, each in verdicts.items() if each[held(each)] == Decision.COUNTED]
        if len(counted) == release.responses:
            try:
                vector = counter.count(counted, release.last_week)
            except Problem:
                return None
            if pack(vector) == release.counters:
                return counted
    return None
