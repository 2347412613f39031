"""What goes together with satisfaction: in editions above stations, and nowhere else."""

from random import Random

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.figures.report import EvidenceSection
from app.models import Place, Release, ReleaseJoint, SurveyVersion
from app.services.figures.editions.reports import edition_sections
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from app.services.surveys.readings import keep_reading
from tests.factories import add_place, add_responses, add_survey
from tests.factories.figures.desk import NOW, SEVEN, TODAY, WEEK, Desk
from tests.factories.figures.joints import READING, TOPICS, visits
from tests.services.figures.editions.test_making import freeze


def frozen(session: Session, place: Place, survey: str = "topics") -> EvidenceSection:
    """The one section of the edition of a place."""
    edition = freeze(session, place.id)
    assert edition is not None
    (section,) = edition_sections(session, edition, survey)
    return section


def topical(session: Session, *kinds: str, neighbours: bool = True) -> list[Place]:
    """Places one in the other; six hundred answers to questions with topics in the last, a few next to the station."""
    places: list[Place] = []
    for kind in kinds:
        places.append(add_place(session, kind=kind, parent=places[-1] if places else None))
    version = add_survey(session, TOPICS, slug="topics")
    keep_reading(session, version.id, READING, NOW)
    add_responses(session, places[-1], version, WEEK, visits(Random(1), 600))  # noqa: S311
    if neighbours:
        beside = add_place(session, parent=places[kinds.index("station") - 1])
        add_responses(session, beside, version, WEEK, visits(Random(2), 20))  # noqa: S311
    publish_releases(session, NOW)
    return places


def test_topics_are_looked_at_only_above_stations(any_session: Session) -> None:
    kinds = ("state", "range", "district", "subdivision", "station", "outpost")
    looked_at = {}
    for place in topical(any_session, *kinds):
        drivers = frozen(any_session, place).drivers
        looked_at[place.kind] = drivers.looked_at if drivers else None
    assert looked_at == {**dict.fromkeys(kinds[:4], 3), "station": None, "outpost": None}


def test_topics_are_looked_at_in_no_part_of_the_releases(any_session: Session) -> None:
    district, station = topical(any_session, "district", "station")
    version = any_session.scalars(select(SurveyVersion)).one()
    add_responses(any_session, station, version, WEEK + SEVEN, [{"overall": 4}] * 20)
    publish_releases(any_session, NOW)
    first = select(func.min(Release.id)).where(Release.place_id == district.id).scalar_subquery()
    any_session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id == first))
    assert frozen(any_session, district).drivers is None


def test_topics_are_named_for_no_time_of_a_readers_own_choice(any_session: Session) -> None:
    district, _ = topical(any_session, "district", "station")
    assert frozen(any_session, district).drivers is not None
    for period in (None, "all", "2026-06"):
        (section,) = station_report(any_session, district.id, "topics", period, TODAY).sections
        assert section.drivers is None


def test_what_is_counted_of_one_topic_alone_is_none(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40)
    desk.report()
    assert frozen(any_session, desk.district, "visit").drivers is None


def test_what_is_all_of_one_station_is_said_of_nothing_above_it_either(any_session: Session) -> None:
    kinds = ("state", "district", "station", "outpost")
    for place in topical(any_session, *kinds, neighbours=False):
        assert frozen(any_session, place).drivers is None


def test_what_was_asked_of_a_district_itself_is_its_own(any_session: Session) -> None:
    state, district = topical(any_session, "state", "district", neighbours=False)
    for place in (state, district):
        assert frozen(any_session, place).drivers is not None
