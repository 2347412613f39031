"""Reports, on real answers: published figures come out right, and small places say nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.report import AuditMark, EvidenceSection, QuestionFigure, Report, ShareKind
from app.domain.problem import Problem
from app.models import Place, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.figures.reports import reportable_surveys, station_report
from tests.factories import VISIT, add_place, add_responses, add_survey, definition, question
from tests.factories.surveys import add_version

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
# Bengaluru South-East, the first 18 days of its station QR codes: Business Today, 19 December 2022.
STARS = {5: 1293, 4: 400, 3: 39, 2: 10, 1: 20}
ANSWERS = 1949


def bengaluru() -> list[dict[str, Any]]:
    starred = [{"overall": star} for star, number in STARS.items() for _ in range(number)]
    return starred + [{"purpose": "passport"}] * (ANSWERS - len(starred))


class Desk:
    """A station in a district, its survey, and what is done with them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session, slug="visit")
        self.district: Place = add_place(session, kind="district")
        self.station: Place = add_place(session, parent=self.district)

    def answer(self, answers: Sequence[dict[str, Any]], week: int = 0, **more: Any) -> None:
        add_responses(self.session, self.station, self.version, WEEK + week * SEVEN, answers, **more)

    def report(self, period: str | None = None, place: Place | None = None) -> Report:
        publish_releases(self.session, NOW)
        return station_report(self.session, (place or self.station).id, "visit", period, TODAY)

    def section(self, period: str | None = None) -> EvidenceSection:
        (section,) = self.report(period).sections
        return section


@pytest.fixture
def desk(any_session: Session) -> Desk:
    return Desk(any_session)


def figure(section: EvidenceSection, name: str) -> QuestionFigure:
    return next(question for question in section.questions if question.name == name)


def said(figure: QuestionFigure) -> dict[str, str]:
    return {cell.name: cell.share.words.text() for cell in (*figure.cells, *figure.detail)}


def test_published_figures_come_out_right_with_those_who_answered_as_the_base(desk: Desk) -> None:
    desk.answer(bengaluru())
    section = desk.section()
    stars = figure(section, "overall")
    assert section.responses.words.text() == "about 1950 answers"
    assert stars.base.words.text() == "at least 1760 people answered this"
    by_step = {cell.name: cell.share for cell in stars.detail}
    # 1,293 of the 1,762 who gave stars are 73.4 in 100; of all 1,949 they would be 66.
    assert (by_step["5"].percent, by_step["5"].low, by_step["5"].high) == (73, 71, 75)
    assert by_step["4"].percent == 23
    assert {by_step[step].words.text() for step in "321"} == {"fewer than 5 in 100"}
    assert said(stars)["good"] == "more than 95 in 100"


def test_open_answers_are_what_those_said_who_chose_to(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40)
    section = desk.section()
    assert said(figure(section, "overall"))["good"] == "about 60 in 100, uncertain at least between 50 and 69"
    assert section.headline is None
    assert "chose to answer" in section.said_by.text()


def test_invited_answers_make_a_headline_and_stand_beside_the_others(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40, channel=Channel.INVITE)
    desk.answer([{"overall": 1}] * 20)
    invited, open_ = desk.report().sections
    assert (invited.evidence, open_.evidence) == (Evidence.INVITED, Evidence.OPEN)
    assert invited.headline is not None
    assert invited.headline.share.words.text() == "about 60 in 100, between 50 and 69"
    assert open_.headline is None


def test_fewer_than_ten_answers_say_nothing_at_all(desk: Desk) -> None:
    empty = desk.report()
    desk.answer([{"overall": 1}] * 9)
    few = desk.report()
    assert few == empty
    assert few.is_empty
    assert few.notice is not None
    assert few.next_look_on == date(2026, 11, 30)
    assert few.digest is None


def test_ten_to_twenty_nine_answers_are_counted_but_not_shared(desk: Desk) -> None:
    desk.answer([{"overall": 1}] * 28)
    overall = figure(desk.section(), "overall")
    assert overall.cells == ()
    assert overall.notice is not None
    assert overall.base.words.text() == "at least 20 people answered this"


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
    assert desk.section("2026-W23..2026-W23").notice is not None
    with pytest.raises(Problem, match="period_malformed"):
        desk.report("last tuesday")


def test_a_trend_has_a_point_for_every_thirty_answers(desk: Desk) -> None:
    for week in range(8):
        desk.answer([{"overall": 5 if week >= 4 else 2, "respect": 3}] * 10 + [{"overall": 3}] * 8, week)
    trend = desk.section("all").trends[0]
    assert trend.question == "overall"
    assert [point.base.number for point in trend.points] == [35, 35, 35, 35]
    assert [point.share.percent or point.share.bound for point in trend.points] == [30, 30, 55, 55]
    assert trend.change is None


def test_set_aside_answers_are_shown_in_the_open_from_ten_on(desk: Desk) -> None:
    desk.answer([{"overall": 5}] * 60 + [{"overall": 1}] * 40)
    desk.answer([{"overall": 1}] * 9, reasons=["late"])
    panel = desk.section().set_aside
    assert panel is not None
    assert panel.count.words.text() == "fewer than 10 answers were set aside"
    assert (panel.reasons, panel.including) == ((), None)
    desk.answer([{"overall": 1}] * 50, 1)
    desk.answer([{"overall": 5}] * 60, 1, reasons=["late"])
    desk.answer([{"overall": 5}] * 12, 1, reasons=["expired"])
    panel = desk.section("all").set_aside
    assert panel is not None
    assert panel.count.number == 80
    assert [(reason.code, reason.count.number) for reason in panel.reasons] == [("late", 70), ("expired", 10)]
    assert panel.without is not None
    assert panel.including is not None
    assert (panel.without.percent, panel.including.percent) == (40, 58)


def test_a_district_shows_the_sum_of_its_stations(desk: Desk) -> None:
    other = add_place(desk.session, parent=desk.district)
    desk.answer([{"overall": 5}] * 40)
    add_responses(desk.session, other, desk.version, WEEK, [{"overall": 1}] * 40)
    (section,) = desk.report(place=desk.district).sections
    assert section.responses.number == 80
    assert said(figure(section, "overall"))["good"].startswith("about 50 in 100")


def test_a_question_that_stayed_the_same_is_added_up_over_versions(desk: Desk) -> None:
    desk.answer([{"overall": 5, "purpose": "passport"}] * 20)
    newer = definition([question("purpose", "select_one", "complaint", "other"), question("overall", "scale")])
    second = add_version(desk.session, desk.version, newer)
    add_responses(desk.session, desk.station, second, WEEK + SEVEN, [{"overall": 1, "purpose": "other"}] * 20)
    section = desk.section("all")
    assert [each.name for each in section.questions] == ["purpose", "overall"]
    assert figure(section, "overall").base.words.text() == "about 40 people answered this"
    assert figure(section, "purpose").base.words.text() == "at least 20 people answered this"


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


def test_choices_that_nobody_gave_do_not_tell_of_the_others(desk: Desk) -> None:
    desk.answer([{"purpose": "complaint"}] * 20 + [{"purpose": "passport"}] * 15)
    purpose = figure(desk.section(), "purpose")
    kinds = {cell.name: cell.share.kind for cell in purpose.cells}
    assert kinds == {"complaint": ShareKind.ABOUT, "passport": ShareKind.WITHHELD, "other": ShareKind.BELOW}
    assert purpose.together is not None
