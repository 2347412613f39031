"""Which releases lack their joint vector: looked up once, and kept in a list until filling in has dealt with each.

A release is looked at when it is new, and once more when the reading of its survey version was added, which makes
another layout. Whoever lists holds the lock of publishing as well, so that no block is written that was counted before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from app.domain.surveys.survey import SurveyState
from app.models import AwaitedJoint, Base, JointListing, KeptReading, Release, ReleaseJoint, SurveyVersion
from app.services.figures.counting.store import upsert
from app.services.figures.joint_counts import joint_layout_of
from app.services.figures.release_candidates import UNFINISHED

#: releases that are put into the list in one transaction
MOST_LISTED = 5_000


class _Version(NamedTuple):
    """A survey version of which not every release was looked at, and after which one that begins."""

    id: int
    is_read: bool
    last_release_id: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Releases to be put into the list, and rows of how far the versions were looked through with them."""

    lacking: list[int]
    versions: list[Mapping[str, object]]

    def __bool__(self) -> bool:
        return bool(self.versions)


@dataclass(frozen=True, slots=True)
class JointState:
    """Of the releases whose survey says what is counted: how many have a vector of it, and why others have none."""

    filled: int
    awaited: int
    impossible: int


def is_any_missing(session: Session) -> bool:
    """Whether there is anything to be listed or filled in."""
    return bool(_unlisted(session)) or session.scalar(select(AwaitedJoint.release_id).limit(1)) is not None


def look_for_missing(session: Session, most: int = MOST_LISTED) -> Listing:
    """The next releases that lack the vector of their version's layout. Only reads."""
    newest, lacking, versions = _newest_id(session), list[int](), list[Mapping[str, object]]()
    for version in _unlisted(session):
        layout = joint_layout_of(session, version.id)
        name = layout.name if layout else ""
        found = _lacking(session, version, name, most - len(lacking)) if name else []
        lacking += found
        last = found[-1] if len(lacking) == most else newest
        versions.append(
            {"survey_version_id": version.id, "layout": name, "is_read": version.is_read, "last_release_id": last}
        )
        if len(lacking) == most:
            break
    return Listing(lacking, versions)


def keep_listing(session: Session, listing: Listing) -> None:
    """Put them into the list, and remember how far the versions were looked through."""
    if listing.lacking:
        session.execute(insert(AwaitedJoint), [{"release_id": id_} for id_ in listing.lacking])
    upsert(session, Base.metadata.tables["joint_listing"], listing.versions)


def joint_state(session: Session) -> JointState:
    """As far as it was listed. Reads all releases."""

    def count(*which: ColumnElement[bool]) -> int:
        listed = and_(JointListing.survey_version_id == Release.survey_version_id, JointListing.layout != "")
        return session.scalar(select(func.count()).select_from(Release).join(JointListing, listed).where(*which)) or 0

    has_joint = _has_joint(ReleaseJoint.layout == JointListing.layout)
    return JointState(
        filled=count(has_joint),
        awaited=count(_is_awaited()),
        impossible=count(~has_joint, ~_is_awaited(), Release.number > UNFINISHED),
    )


def _unlisted(session: Session) -> list[_Version]:
    read = KeptReading.survey_version_id.is_not(None)
    versions = (
        select(SurveyVersion.id, read, JointListing.is_read, JointListing.last_release_id)
        .outerjoin(KeptReading, KeptReading.survey_version_id == SurveyVersion.id)
        .outerjoin(JointListing, JointListing.survey_version_id == SurveyVersion.id)
        .where(
            SurveyVersion.state != SurveyState.DRAFT.value,
            or_(
                JointListing.survey_version_id.is_(None),
                JointListing.is_read != read,
                JointListing.last_release_id < _newest_id(session),
            ),
        )
    )
    return [
        _Version(id_, is_read, last if is_read == was_read else 0)
        for id_, is_read, was_read, last in session.execute(versions.order_by(SurveyVersion.id))
    ]


def _lacking(session: Session, version: _Version, name: str, most: int) -> list[int]:
    releases = select(Release.id).where(
        Release.survey_version_id == version.id,
        Release.id > version.last_release_id,
        Release.number > UNFINISHED,
        ~_has_joint(ReleaseJoint.layout == name),
        ~_is_awaited(),
    )
    return list(session.scalars(releases.order_by(Release.id).limit(most)))


def _newest_id(session: Session) -> int:
    return session.scalar(select(func.max(Release.id))) or 0


def _has_joint(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(1).where(ReleaseJoint.release_id == Release.id, *which))


def _is_awaited() -> ColumnElement[bool]:
    return exists(select(1).where(AwaitedJoint.release_id == Release.id))
