"""Releases as the record tells them: whose, of which weeks, about how many, and which one each follows."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.figures.disclosure import MINIMUM, POLICY, rounded
from app.domain.record.canonical import Value
from app.domain.record.merkle import leaf_hash, root_of
from app.models import (
    Edition,
    EditionRelease,
    Place,
    Release,
    ReleasePart,
    Survey,
    SurveyVersion,
)
from app.services.record.log.entries import NewEntry, is_entered, numbers_about

RELEASE = "release"


def releases_to_enter(
    session: Session, due_on: date, kinds: Collection[str], is_shown: ColumnElement[bool], most: int | None
) -> list[int]:
    """The releases that editions up to this day took in, and what these are sums of, in order: of places of these
    kinds, those that no entry tells yet. `is_shown` is the condition for editions: of what is held nothing is told.
    """
    taken = (
        select(EditionRelease.release_id)
        .join(Edition, Edition.id == EditionRelease.edition_id)
        .where(Edition.due_on <= due_on, is_shown)
    )
    parts = select(ReleasePart.release_id).where(ReleasePart.parent_release_id.in_(taken))
    rows = (
        select(Release.id)
        .join(Place, Place.id == Release.place_id)
        .where(
            or_(Release.id.in_(taken), Release.id.in_(parts)), Place.kind.in_(kinds), ~is_entered(RELEASE, Release.id)
        )
        .order_by(Release.id)
        .limit(most)
    )
    return list(session.scalars(rows))


def entries_of_releases(session: Session, ids: Sequence[int], size: int, today: date) -> list[NewEntry]:
    """What is told of these, to be entered behind the first `size` entries in this order.

    Late is what is told after the Monday of its edition: at an upgrade, or when results were opened afterwards.
    """
    rows = (
        select(Release, Place.code, Survey.slug, SurveyVersion.number)
        .join(Place, Place.id == Release.place_id)
        .join(SurveyVersion, SurveyVersion.id == Release.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Release.id.in_(ids))
        .order_by(Release.id)
    )
    found = session.execute(rows).all()
    before = _before(session, [release for release, *_ in found])
    numbers = numbers_about(session, RELEASE, before.values()) | {id_: size + at for at, id_ in enumerate(ids)}
    parts = _parts(session, [release.id for release, *_ in found if release.kind == "sum"])
    due = _due(session, ids)
    return [
        NewEntry(
            RELEASE,
            RELEASE,
            release.id,
            {
                "place": place,
                "survey": survey,
                "version": version,
                **_told(release),
                **_after(before.get(release.id), numbers),
                **parts.get(release.id, {}),
                **({"late": True} if today > due.get(release.id, today) else {}),
            },
        )
        for release, place, survey, version in found
    ]


def _told(release: Release) -> dict[str, Value]:
    set_aside = json.loads(release.set_aside).get("responses", 0)
    return {
        "evidence": release.evidence,
        "kind": release.kind,
        "number": release.number,
        "first_week": release.first_week.isoformat(),
        "last_week": release.last_week.isoformat(),
        "answers": rounded(release.responses),
        "content": release.digest,
        "policy": POLICY,
        **({"set_aside": rounded(set_aside)} if set_aside >= MINIMUM else {}),
    }


def _before(session: Session, releases: Sequence[Release]) -> dict[int, int]:
    """The release before each in its chain, both by their ids."""
    before = {}
    for release in releases:
        if release.number > 1:
            chain = (Release.place_id, Release.survey_version_id, Release.evidence, Release.kind)
            values = (release.place_id, release.survey_version_id, release.evidence, release.kind)
            same = [column == value for column, value in zip(chain, values, strict=True)]
            found = session.scalar(select(Release.id).where(*same, Release.number == release.number - 1))
            if found is not None:
                before[release.id] = found
    return before


def _after(before: int | None, numbers: Mapping[int, int]) -> dict[str, Value]:
    return {"after": numbers[before]} if before in numbers and before is not None else {}


def _due(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """The Monday of the first edition of each; what stands in a sum alone has none."""
    rows = select(EditionRelease.release_id, func.min(Edition.due_on))
    rows = rows.join(Edition, Edition.id == EditionRelease.edition_id).where(EditionRelease.release_id.in_(ids))
    return {row[0]: row[1] for row in session.execute(rows.group_by(EditionRelease.release_id))}


def _parts(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Value]]:
    rows = select(ReleasePart.parent_release_id, Release.digest)
    rows = rows.join(Release, Release.id == ReleasePart.release_id).where(ReleasePart.parent_release_id.in_(ids))
    digests: dict[int, list[bytes]] = {}
    for parent, digest in session.execute(rows):
        digests.setdefault(parent, []).append(bytes.fromhex(digest))
    return {
        parent: {"parts": {"count": len(found), "root": root_of([leaf_hash(each) for each in sorted(found)]).hex()}}
        for parent, found in digests.items()
    }
