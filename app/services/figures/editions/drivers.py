"""What goes together with satisfaction, as editions tell it and nothing else does.

Of a time of the reader's own choice it is never said: told of every such time, differences in steps of 5 would tell
the counters that they are made of. Nor is it said of a place whose answers are all of one station.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.figures.drivers.naming import drivers_of
from app.domain.figures.release import ReleaseKind
from app.domain.figures.report import Drivers, EvidenceSection
from app.domain.places.place import PlaceKind
from app.models import Parentage, Place, Release, ReleasePart
from app.services.figures.joint_counts import joint_layout_of, joint_of
from app.services.figures.release_queries import PublishedRelease
from app.services.figures.reports import SurveyVersions


def with_drivers(
    session: Session,
    place: Place,
    survey: SurveyVersions,
    sections: Sequence[EvidenceSection],
    releases: Sequence[PublishedRelease],
) -> list[EvidenceSection]:
    """The sections that are made of these releases, each with its drivers; those of a station as they were."""
    if not PlaceKind(place.kind).is_above_stations:
        return list(sections)
    return [replace(section, drivers=_drivers(session, survey, section, releases)) for section in sections]


def _drivers(
    session: Session, survey: SurveyVersions, section: EvidenceSection, releases: Sequence[PublishedRelease]
) -> Drivers | None:
    """By the version whose questions these are; None where its topics were not counted in all of its releases."""
    version_id = next(id_ for id_, number in survey.numbers.items() if number == section.version)
    layout, ids = joint_layout_of(session, version_id), [one.id for one in releases if one.evidence is section.evidence]
    if not layout or _is_of_one_station(session, ids):
        return None
    vector = joint_of(session, ids, layout)
    return None if vector is None else drivers_of(layout, vector)


def _is_of_one_station(session: Session, release_ids: Sequence[int]) -> bool:
    """Whether all blocks that these are made of, whole or in parts of parts, are of one station or its outposts."""
    parts = select(ReleasePart.release_id).where(ReleasePart.parent_release_id.in_(release_ids)).cte(recursive=True)
    parts = parts.union(select(ReleasePart.release_id).join(parts, ReleasePart.parent_release_id == parts.c.release_id))
    within = or_(Release.id.in_(release_ids), Release.id.in_(select(parts.c.release_id)))
    # An outpost is counted as the station to which it belongs.
    belongs = and_(Parentage.place_id == Place.id, Parentage.until_on.is_(None), Place.kind == PlaceKind.OUTPOST.value)
    station = func.coalesce(Parentage.parent_id, Place.id)
    places = (
        select(station)
        .select_from(Release)
        .join(Place, Place.id == Release.place_id)
        .outerjoin(Parentage, belongs)
        .where(within, Release.kind != ReleaseKind.SUM.value)
    )
    found = session.scalars(places.distinct().limit(2)).all()
    return len(found) == 1 and not PlaceKind(session.get_one(Place, found[0]).kind).is_above_stations
