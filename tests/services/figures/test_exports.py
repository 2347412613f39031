"""Exact figures and live counts as tables: the whole time, weeks, places right below, and every class by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.documents.figure_tables import FIGURES_HEADER, figure_rows
from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.domain.weeks import Weeks
from app.formats.translator import translator
from app.models import Place
from app.services.figures.exports import list_figure_lines, list_tally_lines
from app.services.figures.tallies import fold_marks
from tests.factories import add_place, add_responses, add_survey
from tests.factories.surveys.surveys import definition, question
from tests.services.conftest import Noise

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
ASKED = definition([question("overall", "scale"), question("comment", "text")])


class World:
    """A district with two stations, and an outpost that is too far below to have lines of its own."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.version = add_survey(session, ASKED, slug="visit")
        self.district = add_place(session, kind="district", code="D", name_en="Middle")
        self.one, self.other = (add_place(session, code=code, parent=self.district) for code in ("S1", "S2"))
        self.outpost = add_place(session, kind="outpost", code="O", parent=self.one)

    def answer(self, place: Place, *steps: int | None, week: date = WEEK, channel: Channel = Channel.POSTER) -> None:
        answers = [{"overall": step} for step in steps]
        add_responses(self.session, place, self.version, week, answers, channel=channel)

    def lines(self, weeks: Weeks, language: str = "en") -> list[dict[str, object]]:
        fold_marks(self.session)
        found = list_figure_lines(self.session, self.district.id, "visit", weeks)
        rows = (row for line in found for row in figure_rows(line, translator(language)))
        return [dict(zip(FIGURES_HEADER, row, strict=True)) for row in rows]


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def test_the_whole_comes_first_then_weeks_then_places(world: World, noise: Noise) -> None:
    noise(world.one, world.version, WEEK)
    world.answer(world.one, 5)
    world.answer(world.outpost, 5, 5)
    world.answer(world.other, 5, week=WEEK + SEVEN)
    lines = world.lines(Weeks(WEEK, WEEK + SEVEN))
    best = [line for line in lines if line["answer"] == "5"]
    assert [(line["place_code"], line["first_week"], line["last_week"], line["number"]) for line in best] == [
        ("D", "2026-W23", "2026-W24", 4),
        ("D", "2026-W23", "2026-W23", 3),
        ("D", "2026-W24", "2026-W24", 1),
        ("S1", "2026-W23", "2026-W24", 3),
        ("S2", "2026-W23", "2026-W24", 1),
    ]
    assert [line["number"] for line in world.lines(Weeks(WEEK, WEEK)) if line["answer"] == "5"] == [3, 3]


def test_classes_have_lines_of_their_own_and_no_sum(world: World) -> None:
    world.answer(world.district, 5, 5)
    world.answer(world.district, 5, channel=Channel.INVITE)
    best = [line for line in world.lines(Weeks(WEEK, WEEK)) if line["answer"] == "5"]
    assert {line["evidence"]: line["number"] for line in best} == {"open": 2, "invited": 1}
    assert len(best) == 2


def test_shares_are_of_those_who_answered_the_question(world: World) -> None:
    world.answer(world.district, 5, 4, 4, None)
    lines = world.lines(Weeks(WEEK, WEEK))
    told = {
        line["answer"]: (line["number"], line["in_100_of_answered"]) for line in lines if line["question"] == "overall"
    }
    assert told == {"5": (1, 33.3), "4": (2, 66.7), "3": (0, 0.0), "2": (0, 0.0), "1": (0, 0.0)}
    counts = {(line["asked"], line["answered"], line["declined"], line["unanswered"]) for line in lines[:5]}
    assert counts == {(4, 3, 1, 0)}


def test_a_question_without_choices_has_one_line_of_counts(world: World) -> None:
    world.answer(world.district, 5)
    (line,) = (line for line in world.lines(Weeks(WEEK, WEEK)) if line["question"] == "comment")
    assert (line["answer"], line["asked"], line["unanswered"], line["number"]) == (None, 1, 1, None)


def test_a_share_of_nobody_is_none(world: World) -> None:
    world.answer(world.district, None)
    assert {line["in_100_of_answered"] for line in world.lines(Weeks(WEEK, WEEK))} == {None}


@pytest.mark.parametrize(("language", "name"), [("hi", "थाना उदाहरण"), ("en", "Middle")])
def test_names_are_in_the_language_of_the_reader(world: World, language: str, name: str) -> None:
    world.answer(world.district, 5)
    (line, *_) = world.lines(Weeks(WEEK, WEEK), language)
    assert line["place"] == name
    assert line["question_words"] == ASKED.pages[0].questions[0].label[language]


def test_a_line_holds_what_came_through_one_channel_in_one_week(any_session: Session, noise: Noise) -> None:
    version = add_survey(any_session, slug="visit")
    state = add_place(any_session, kind="state", code="A")
    district = add_place(any_session, kind="district", code="B", parent=state)
    station = add_place(any_session, code="C", name_en=None, parent=district)
    noise(station, version, WEEK)
    for week, channel, number, reasons in (
        (WEEK, Channel.POSTER, 3, []),
        (WEEK, Channel.POSTER, 2, ["late"]),
        (WEEK, Channel.COUNTER, 1, []),
        (WEEK + SEVEN, Channel.POSTER, 4, ["late"]),
        (WEEK + 2 * SEVEN, Channel.POSTER, 5, []),
    ):
        answers = [{"overall": 4}] * number
        add_responses(any_session, station, version, week, answers, channel=channel, reasons=reasons)
    fold_marks(any_session)
    lines = list_tally_lines(any_session, district.id, "visit", Weeks(WEEK, WEEK + SEVEN))
    cells = [(WEEK, Channel.COUNTER, 1, 0), (WEEK, Channel.POSTER, 3, 2), (WEEK + SEVEN, Channel.POSTER, 0, 4)]
    assert [(line.place_code, line.week, line.channel, line.counted, line.set_aside) for line in lines] == [
        (code, *cell) for code in ("B", "C") for cell in cells
    ]
    assert (lines[-1].place_hi, lines[-1].place_en, lines[-1].kind) == ("थाना उदाहरण", None, "station")


def test_a_survey_that_was_never_published_has_no_table(session: Session) -> None:
    place = add_place(session)
    add_survey(session, slug="draft", published_at=None)
    for slug in ("draft", "none"):
        with pytest.raises(Problem, match=r"report\.survey_unknown"):
            list_tally_lines(session, place.id, slug, Weeks(WEEK, WEEK))
