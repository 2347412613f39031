"""What goes together with satisfaction, as editions tell it and nothing else does.

Of a time of the reader's own choice it is never said: told of every run of weeks, differences in steps of 5 would tell
the counters that they are made of.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.figures.drivers.naming import drivers_of
from app.domain.figures.report import Drivers, EvidenceSection
from app.domain.places.place import PlaceKind
from app.models import Place
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
    return [
        replace(section, drivers=_drivers(session, survey, section, releases)) if section.releases else section
        for section in sections
    ]


def _drivers(
    session: Session, survey: SurveyVersions, section: EvidenceSection, releases: Sequence[PublishedRelease]
) -> Drivers | None:
    """By the version whose questions these are; None where its topics were not counted in all of its releases."""
    version_id = next(id_ for id_, number in survey.numbers.items() if number == section.version)
    layout = joint_layout_of(session, version_id)
    if not layout:
        return None
    vector = joint_of(session, [one.id for one in releases if one.evidence is section.evidence], layout)
    return None if vector is None else drivers_of(layout, vector)
