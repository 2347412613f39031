"""Joint vectors of releases: counted with a block, added up for a sum, read as one of many releases.

They say how many found which topic good and were satisfied. Nothing shows one, and no page, file or interface gives
one away: whoever asks for the sum of some makes of it what may be said.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.orm import Session

from app.domain.figures.counters import pack, unpack
from app.domain.figures.drivers.joint import JointLayout
from app.domain.figures.release import digest_of
from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from app.domain.surveys.survey import SurveyDefinition
from app.formats.wire.responses import read_answers
from app.models import KeptReading, Release, ReleaseJoint, SurveyVersion
from app.services.chunks import chunks


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint vector, packed, and the name of its layout."""

    layout: str
    counters: bytes


def joint_of(session: Session, release_ids: Collection[int], layout: JointLayout) -> list[int] | None:
    """The sum over those of these releases whose version is counted by this layout. None if one of them has no vector
    of it yet: of a part nothing is said.
    """
    total: list[int] | None = None
    names: dict[int, str] = {}
    columns = (Release.survey_version_id, ReleaseJoint.layout, ReleaseJoint.counters)
    for chunk in chunks(release_ids):
        rows = select(*columns).outerjoin(ReleaseJoint, ReleaseJoint.release_id == Release.id)
        for version_id, name, counters in session.execute(rows.where(Release.id.in_(chunk))):
            if version_id not in names:
                names[version_id] = joint_layout_of(session, version_id).name
            if names[version_id] != layout.name:
                continue
            # Of another length it is none of ours: `samvad releases verify` tells it.
            if name != layout.name or len(counters) != len(pack([0] * layout.length)):
                return None
            total = _plus(total, counters)
    return total


def joint_layout_of(session: Session, version_id: int) -> JointLayout:
    """What is counted of a version as it is read now; remembered by the two texts that say it."""
    return _layout(*session.execute(_texts(), {"version": version_id}).one())


def count_joint(layout: JointLayout, answers: Iterable[str]) -> Joint | None:
    """The vector of these stored answers; None where the layout has nothing to be counted."""
    if not layout:
        return None
    return Joint(layout.name, pack(layout.count(read_answers(text.encode()) for text in answers)))


def add_joints(parts: Iterable[Joint | None]) -> Joint | None:
    """The vector of a sum; None unless all its parts have one, of one layout."""
    total: list[int] | None = None
    kinds: set[tuple[str, int]] = set()
    for part in parts:
        if part is None or len(part.counters) % len(pack([0])):
            return None
        kinds.add((part.layout, len(part.counters)))
        if len(kinds) > 1:
            return None
        total = _plus(total, part.counters)
    return Joint(kinds.pop()[0], pack(total)) if total is not None else None


def keep_joints(session: Session, joints: Iterable[tuple[Release, Joint | None]]) -> None:
    """Store vectors with their releases, which have none yet."""
    rows = [
        {
            "release_id": release.id,
            "layout": joint.layout,
            "counters": joint.counters,
            "digest": joint_digest(joint, release.digest, release.salt),
        }
        for release, joint in joints
        if joint is not None
    ]
    if rows:
        session.execute(insert(ReleaseJoint), rows)


def joint_digest(joint: Joint, release_digest: str, salt: bytes) -> str:
    """Binds a vector to its release, whose own digest was there before."""
    content = {"release": release_digest, "layout": joint.layout, "counters": joint.counters.hex(), "salt": salt.hex()}
    return digest_of(content)


def _plus(total: list[int] | None, counters: bytes) -> list[int]:
    vector = unpack(counters)
    return list(vector) if total is None else list(map(add, total, vector))


@cache
def _texts() -> Select[str, str | None]:
    """Built once: it is asked for every block."""
    texts = select(SurveyVersion.definition, KeptReading.content)
    read_as = texts.outerjoin(KeptReading, KeptReading.survey_version_id == SurveyVersion.id)
    return read_as.where(SurveyVersion.id == bindparam("version"))


@lru_cache(maxsize=64)
def _layout(definition: str, reading: str | None) -> JointLayout:
    read_as = SurveyReading.from_json(reading) if reading else NOTHING_READ
    return JointLayout(SurveyDefinition.from_json(definition), read_as)
