"""The figures of one evidence class: questions, trends, and what was set aside."""

from app.domain.codes.channel import Channel
from app.domain.figures.report import ShareKind
from app.services.figures.releases import publish_releases
from app.services.figures.reports import station_report
from tests.factories import add_responses, add_survey, definition, question
from tests.factories.figures.desk import NOW, SEVEN, TODAY, WEEK, Desk, bengaluru, figure, said
from tests.factories.surveys.surveys import add_version


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
    # 39, 10 and 20 of them gave three, two and one.
    small = {step: by_step[step].words.text() for step in "321"}
    assert small["3"] == "about 2 in 100, uncertain at least between 1 and 3"
    assert (small["2"], small["1"]) == ("fewer than 2 in 100", "fewer than 2 in 100")
    assert said(stars)["good"] == "about 96 in 100, uncertain at least between 94 and 97"


def test_ten_to_twenty_nine_answers_are_counted_but_not_shared(desk: Desk) -> None:
    desk.answer([{"overall": 1}] * 28)
    overall = figure(desk.section(), "overall")
    assert overall.cells == ()
    assert overall.notice is not None
    assert overall.base.words.text() == "at least 20 people answered this"


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
    desk.answer([{"overall": 5}] * 50 + [{"overall": 2}] * 10, 1, reasons=["late"])
    desk.answer([{"overall": 5}] * 12, 1, reasons=["expired"])
    panel = desk.section("all").set_aside
    assert panel is not None
    assert panel.count.number == 80
    assert [(reason.code, reason.count.number) for reason in panel.reasons] == [("late", 70), ("expired", 10)]
    assert panel.without is not None
    assert panel.including is not None
    assert (panel.without.percent, panel.including.percent) == (40, 52)


def test_of_few_who_were_set_aside_no_more_follows_than_what_is_told(desk: Desk) -> None:
    """Those set aside were all content: with them it would be 57 in 100, and a figure of that would tell it of each."""
    desk.answer([{"overall": 5}] * 40 + [{"overall": 1}] * 40)
    desk.answer([{"overall": 5}] * 13, reasons=["late"])
    panel = desk.section().set_aside
    assert panel is not None
    assert panel.including is not None
    assert panel.including.words.text() == "between 35 and 65 in 100"


def test_a_question_that_stayed_the_same_is_added_up_over_versions(desk: Desk) -> None:
    desk.answer([{"overall": 5, "purpose": "passport"}] * 20)
    newer = definition([question("purpose", "select_one", "complaint", "other"), question("overall", "scale")])
    second = add_version(desk.session, desk.version, newer)
    add_responses(desk.session, desk.station, second, WEEK + SEVEN, [{"overall": 1, "purpose": "other"}] * 20)
    section = desk.section("all")
    assert [each.name for each in section.questions] == ["purpose", "overall"]
    assert figure(section, "overall").base.words.text() == "about 40 people answered this"
    assert figure(section, "purpose").base.words.text() == "at least 20 people answered this"


def test_choices_that_nobody_gave_do_not_tell_of_the_others(desk: Desk) -> None:
    desk.answer([{"purpose": "complaint"}] * 20 + [{"purpose": "passport"}] * 15)
    purpose = figure(desk.section(), "purpose")
    kinds = {cell.name: cell.share.kind for cell in purpose.cells}
    assert kinds == {"complaint": ShareKind.ABOUT, "passport": ShareKind.WITHHELD, "other": ShareKind.BELOW}
    assert purpose.together is not None


def test_trends_are_of_the_scales_of_the_core_with_the_main_question_first(desk: Desk) -> None:
    asked = definition(
        [question("respect", "scale"), question("overall", "scale"), question("purpose", "select_one", "a", "b")],
        [question("waiting", "scale")],
    )
    version = add_survey(desk.session, asked, slug="trends")
    answer = {"respect": 3, "overall": 4, "purpose": "a", "waiting": 5}
    for week in range(2):
        add_responses(desk.session, desk.station, version, WEEK + week * SEVEN, [answer] * 30)
    publish_releases(desk.session, NOW)
    (section,) = station_report(desk.session, desk.station.id, "trends", "all", TODAY).sections
    assert [trend.question for trend in section.trends] == ["overall", "respect"]


def test_a_trend_reaches_further_back_than_the_period_that_is_shown(desk: Desk) -> None:
    for week in range(4):
        desk.answer([{"overall": 4}] * 30, week)
    section = desk.section()
    assert (section.releases, figure(section, "overall").base.number) == (1, 30)
    assert len(section.trends[0].points) == 4


def test_without_a_main_question_there_is_no_headline_and_nothing_is_set_against_it(desk: Desk) -> None:
    version = add_survey(desk.session, definition([question("purpose", "select_one", "a", "b")]), slug="plain")
    for reasons in ([], ["late"]):
        answers = [{"purpose": "a"}] * 40
        more = {"channel": Channel.INVITE, "reasons": reasons}
        add_responses(desk.session, desk.station, version, WEEK, answers, **more)
    publish_releases(desk.session, NOW)
    (section,) = station_report(desk.session, desk.station.id, "plain", None, TODAY).sections
    assert section.headline is None
    assert section.set_aside is not None
    assert (section.set_aside.count.number, section.set_aside.without, section.set_aside.including) == (40, None, None)
