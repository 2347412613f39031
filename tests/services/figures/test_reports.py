"""Reports, on real answers: published figures come out right, and small places say nothing."""

from datetime import date

import pytest

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.report_marks import AuditMark
from app.domain.problem import Problem
from app.services.figures.releases import publish_releases
from app.services.figures.reports import reportable_surveys, station_report
from tests.factories import VISIT, add_place, add_responses
from tests.factories.figures.desk import NOW, SEVEN, TODAY, WEEK, Desk, figure, said


def test_open_answers_are_what_those_said_who_chose_to(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40)
    section = desk.section()
    assert said(figure(section, "overall"))["good"] == "about 60 in 100, uncertain at least between 50 and 69"
    assert section.headline is None
    assert "chose to answer" in section.said_by.text()


def test_invited_answers_stand_beside_the_others(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40, channel=Channel.INVITE)
    desk.answer([{"overall": 1}] * 20)
    invited, open_ = desk.report().sections
    assert (invited.evidence, open_.evidence) == (Evidence.INVITED, Evidence.OPEN)
    assert invited.set_aside is not None
    assert invited.set_aside.without is not None
    assert invited.set_aside.without.words.text() == "about 60 in 100, between 50 and 69"
    assert (invited.headline, open_.headline) == (None, None), "an edition alone has a headline"


def test_fewer_than_ten_answers_say_nothing_at_all(desk: Desk) -> None:
    empty = desk.report()
    desk.answer([{"overall": 1}] * 9)
    few = desk.report()
    assert few == empty
    assert not few.sections
    assert few.notice is not None
    assert few.next_look_on == date(2026, 11, 30)
    assert few.digest is None


def test_the_latest_period_is_the_shortest_run_that_reaches_thirty(desk: Desk) -> None:
    for week in range(5):
        desk.answer([{"overall": 1 + week}] * 12, week)
    report = desk.report()
    assert (report.first_week, report.last_week) == (WEEK + 2 * SEVEN, WEEK + 4 * SEVEN)
    assert report.sections[0].releases == 3
    assert desk.report("all").sections[0].releases == 5


def test_a_chosen_period_snaps_to_whole_releases(desk: Desk) -> None:
    for week in range(10):
        desk.answer([{"overall": 4}] * 6, week)
    june = desk.section("2026-06")
    assert (june.releases, june.responses.number) == (2, 25)
    assert (june.first_week, june.last_week) == (WEEK, WEEK + 3 * SEVEN)
    assert desk.section("2026-05").notice is not None


def test_nobody_reads_any_run_of_weeks_nor_a_time_that_still_grows(desk: Desk) -> None:
    """Each would be another sum of the same blocks, and enough of them tell every block."""
    for week in (0, 20, 21):
        desk.answer([{"overall": 4}] * 30, week)
    assert desk.section("2026-10").responses.number == 60
    assert desk.section("all").responses.number == 30
    desk.answer([{"overall": 4}] * 30, 22)
    assert desk.section("2026-11").notice is not None
    for period in ("last tuesday", "2026-W23", "2026-W23..2026-W25"):
        with pytest.raises(Problem, match="period_malformed"):
            desk.report(period)


def test_a_district_shows_the_sum_of_its_stations(desk: Desk) -> None:
    other = add_place(desk.session, parent=desk.district)
    desk.answer([{"overall": 5}] * 40)
    add_responses(desk.session, other, desk.version, WEEK, [{"overall": 1}] * 40)
    (section,) = desk.report(place=desk.district).sections
    assert section.responses.number == 80
    assert said(figure(section, "overall"))["good"].startswith("about 50 in 100")


def test_a_report_names_place_questions_and_audit_head(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 30)
    publish_releases(desk.session, NOW)
    mark = AuditMark(7, "ab" * 8)
    report = station_report(desk.session, desk.station.id, "visit", None, TODAY, audit=mark)
    assert (report.place_code, report.audit, report.survey_title.text("hi")) == (
        desk.station.code,
        mark,
        VISIT.title["hi"],
    )
    assert report.digest is not None
    assert [slug for slug, _ in reportable_surveys(desk.session)] == ["visit"]
    for place, slug in ((desk.station.id, "none"), (-1, "visit")):
        with pytest.raises(Problem, match="unknown"):
            station_report(desk.session, place, slug, None, TODAY)
