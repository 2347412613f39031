"""What goes together with satisfaction: beside its own share, or in one sentence what it would take."""

from dataclasses import replace

import pytest

from app.domain.figures import shown
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.figures.highlights.topics import MOST, Topics, TopicsSay, topics_of
from app.domain.figures.report import Driver, Drivers, EvidenceSection, QuestionFigure
from tests.factories.figures.reports import label, make_grid, make_question, make_report, make_section


def driver(figure: QuestionFigure, points: int = 30, reach: int = 10) -> Driver:
    difference = shown.driver(points, points - reach, points + reach)
    return Driver(figure.name, figure.label, difference, figure.row, figure.row_label)


def scale(at: int, people: int = 400) -> QuestionFigure:
    figure = make_question(at, scale=True)
    named = tuple(replace(cell, name=name) for cell, name in zip(figure.cells, ("good", "middle", "poor"), strict=True))
    return replace(figure, cells=named, base=shown.people(people))


def standing(*figures: QuestionFigure, main: int = 400, drivers: Drivers | None = None) -> Standing:
    section: EvidenceSection = make_section()
    found = standing_of(make_report(replace(section, questions=(scale(4, main), *figures), drivers=drivers)))
    assert found is not None
    assert found.main is found.section.questions[0]
    return found


def test_each_topic_stands_beside_its_own_share() -> None:
    heard, money = scale(2), replace(make_question(3), good=("c1",))
    (row, *_) = make_grid(7)
    drivers = Drivers((driver(heard), driver(money), driver(row)), 5)
    topics = topics_of(standing(heard, money, row, drivers=drivers))
    assert (topics.say, topics.looked_at) == (TopicsSay.NAMED, 5)
    scaled, chosen, of_grid = topics.named
    assert (scaled.good, chosen.good) == (heard.cells[0], money.cells[1])
    assert of_grid.driver.row_label == row.row_label


def test_a_choice_of_which_several_answers_are_good_has_the_share_of_these_together() -> None:
    taken = replace(make_question(1), good=("c0", "c2"))
    (topic,) = topics_of(standing(taken, drivers=Drivers((driver(taken),), 3))).named
    assert topic.good is not None
    (other,) = (cell for cell in taken.cells if cell.name == "c1")
    assert topic.good.share.percent == 100 - (other.share.percent or 0)


def test_a_topic_without_a_share_is_named_alone() -> None:
    unread = make_question(1)
    (topic,) = topics_of(standing(unread, drivers=Drivers((driver(unread),), 3))).named
    assert topic.good is None


def test_three_at_most_are_named_the_surest_in_the_order_of_the_questionnaire() -> None:
    figures = [scale(at) for at in (0, 1, 2, 3)]
    reaches = (10, 25, 5, 15)
    drivers = Drivers(tuple(driver(one, 30, reach) for one, reach in zip(figures, reaches, strict=True)), 9)
    topics = topics_of(standing(*figures, drivers=drivers))
    assert (len(topics.named), topics.further) == (MOST, 1)
    assert [topic.driver.name for topic in topics.named] == ["q0", "q2", "q3"]


def test_that_nothing_stands_out_is_said() -> None:
    topics = topics_of(standing(scale(1), scale(2), drivers=Drivers((), 9)))
    assert topics == Topics(TopicsSay.NOTHING, looked_at=9)


@pytest.mark.parametrize(
    ("main", "first", "second", "missing"),
    [(120, 400, 120, 80), (400, 110, 400, 90), (400, 400, 0, 200), (400, 400, 400, 0), (195, 200, 200, 5)],
)
def test_what_it_would_take_is_reckoned_from_the_shown_numbers(
    main: int, first: int, second: int, missing: int
) -> None:
    """Of the main question and of two beside it, whatever else is asked of fewer people."""
    figures = scale(1, first), scale(2, second), scale(3, 0)
    topics = topics_of(standing(*figures, main=main, drivers=Drivers((), 0)))
    assert topics == Topics(TopicsSay.TOO_FEW if missing else TopicsSay.ALIKE, missing=missing)


def test_choices_with_several_good_answers_are_missed_like_any_other() -> None:
    taken, known = (replace(make_question(1), base=shown.people(n), good=("c0", "c2")) for n in (400, 150))
    assert topics_of(standing(taken, taken, main=120, drivers=Drivers((), 0))).missing == 80
    assert topics_of(standing(taken, known, main=400, drivers=Drivers((), 0))).missing == 50
    assert topics_of(standing(taken, taken, main=400, drivers=Drivers((), 0))).say is TopicsSay.ALIKE


def test_without_any_it_says_whether_the_questions_or_the_time_are_why() -> None:
    assert topics_of(standing(scale(1), scale(2))).say is TopicsSay.UNCOUNTED
    assert topics_of(standing(scale(1), replace(make_question(2), good=("c1",)))).say is TopicsSay.UNCOUNTED
    taken = replace(make_question(2), good=("c0", "c2"))
    assert topics_of(standing(taken, taken)).say is TopicsSay.UNCOUNTED
    assert topics_of(standing(scale(1), make_question(2), label_only())).say is TopicsSay.UNMARKED
    # Of which a person may choose several, it is no topic.
    wishes = replace(make_question(2), type="select_multiple", good=("c1",))
    assert topics_of(standing(scale(1), wishes)).say is TopicsSay.UNMARKED


def label_only() -> QuestionFigure:
    return QuestionFigure("comment", "text", label("क", "Say more"), shown.people(40))
