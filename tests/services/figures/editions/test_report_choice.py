"""Which report somebody below headquarters reads."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.weeks import IST, month_of
from app.models import EditionDay
from app.services.figures.editions.report_choice import months_shown, read_report
from tests.factories import add_place, add_responses, add_survey, definition, question
from tests.factories.figures.desk import WEEK, Desk
from tests.services.figures.editions.test_making import DUE, freeze

MONDAY = datetime(2026, 11, 23, 11, tzinfo=IST)


def test_until_the_first_editions_are_there_all_releases(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    report, surveys = read_report(any_session, desk.station.id, None, None, MONDAY)
    assert report is not None
    assert (report.edition, len(report.sections), [slug for slug, _ in surveys]) == (None, 1, ["visit"])
    assert report.digest is not None


def test_then_the_newest_edition_and_of_a_chosen_time_what_it_took_in(any_session: Session) -> None:
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    assert freeze(any_session, desk.station.id) is not None
    desk.answer([{"overall": 1}] * 60, week=1)
    desk.report()
    newest, _ = read_report(any_session, desk.station.id, None, "latest", MONDAY)
    chosen, _ = read_report(any_session, desk.station.id, "visit", "all", MONDAY)
    assert newest is not None
    assert chosen is not None
    assert newest.edition is not None
    assert newest.edition.due_on == DUE
    assert (chosen.edition, chosen.digest) == (None, None)
    assert [report.sections[0].responses.number for report in (newest, chosen)] == [40, 40]
    assert newest.next_look_on == DUE + timedelta(days=7)


def test_months_of_which_somebody_can_read_results(any_session: Session) -> None:
    """What no edition has taken in yet is in none, or the list would tell of it before everybody knows."""
    desk = Desk(any_session)
    months = [date(2026, month, 1) for month in range(12, 0, -1)]
    own = date(*month_of(WEEK), 1)
    own_and_below = [desk.district.id, desk.station.id]
    assert months_shown(any_session, own_and_below, months, MONDAY) == []
    desk.answer([{"overall": 4}] * 40)
    desk.report()
    assert months_shown(any_session, own_and_below, months, MONDAY) == [own]
    assert freeze(any_session, desk.station.id) is not None
    assert months_shown(any_session, own_and_below, months, MONDAY) == [own]
    later = add_place(any_session, parent=desk.district)
    add_responses(any_session, later, desk.version, WEEK - timedelta(weeks=8), [{"overall": 4}] * 40)
    desk.report()
    own_and_below.append(later.id)
    assert months_shown(any_session, own_and_below, months, MONDAY) == [own]
    assert months_shown(any_session, [later.id], months, MONDAY) == []
    assert months_shown(any_session, own_and_below, [], MONDAY) == []


def test_a_place_whose_other_questions_alone_have_results_begins_with_these(any_session: Session) -> None:
    """The first of all by its name is another questionnaire, without any."""
    add_survey(any_session, slug="another")
    desk = Desk(any_session)
    desk.answer([{"overall": 4}] * 40)
    later = add_survey(any_session, definition([question("overall", "scale")]), slug="zones")
    add_responses(any_session, desk.station, later, WEEK, [{"overall": 2}] * 40)
    desk.report()
    before, _ = read_report(any_session, desk.station.id, None, None, MONDAY)
    assert freeze(any_session, desk.station.id) is not None
    after, _ = read_report(any_session, desk.station.id, None, None, MONDAY)
    assert before is not None
    assert after is not None
    assert before.survey_slug == after.survey_slug == "visit"


def test_nothing_at_all_was_ever_published(any_session: Session) -> None:
    assert read_report(any_session, 1, None, None, MONDAY) == (None, [])
    any_session.add(EditionDay(due_on=DUE, last_release_id=0, finished_at=MONDAY))
    desk = Desk(any_session)
    report, _ = read_report(any_session, desk.station.id, None, None, MONDAY)
    assert report is not None
    assert report.notice is not None
