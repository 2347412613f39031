"""The good answers to a question as one: a cell, or several put together."""

from dataclasses import replace

from app.domain.figures import disclosure
from app.domain.figures.report import GOOD_CELL, CellFigure, QuestionFigure
from app.domain.figures.united.good_answers import good_cell, is_topic
from tests.factories.figures.reports import label


def choice(*counts: int, good: tuple[str, ...] = ("a", "b")) -> QuestionFigure:
    """A choice whose answers so many people gave."""
    people = sum(counts)
    shares, _ = disclosure.partition_shares(counts, people, people, at_least=False)
    cells = tuple(
        CellFigure(name, label(f"{name} हि", name), share) for name, share in zip("abcdef", shares, strict=False)
    )
    return QuestionFigure(
        "taken", "select_one", label("क", "q"), disclosure.shown_base(people, people), cells=cells, good=good
    )


def told(figure: QuestionFigure) -> str | None:
    cell = good_cell(figure)
    return cell.share.words.text() if cell else None


def test_one_good_answer_is_told_as_its_own_cell() -> None:
    figure = choice(60, 40, good=("b",))
    assert good_cell(figure) is figure.cells[1]
    assert good_cell(replace(figure, good=(GOOD_CELL,))) is None
    # As the same version says it of another place.
    assert good_cell(replace(figure, good=(GOOD_CELL,)), ("b",)) is figure.cells[1]


def test_several_are_told_together_by_their_names() -> None:
    cell = good_cell(choice(60, 45, 65, 30))
    assert cell is not None
    assert (cell.name, cell.label.text("en"), cell.label.text("hi")) == (GOOD_CELL, "a / b", "a हि / b हि")
    assert cell.share.words.text() == "about 52 in 100, between 45 and 59"


def test_where_one_of_them_is_not_told_the_others_may_leave_it() -> None:
    assert told(choice(4, 56, 60, 80)) == "about 30 in 100, between 24 and 37"
    assert told(choice(4, 6, 60, 30, good=("a", "b"))) == "about 10 in 100, between 4 and 21"
    # A part of the answers that have no share of their own is on either side.
    assert told(choice(4, 56, 60, 9, good=("a", "b"))) is None
    assert told(choice(195, 5, 0)) == "more than 95 in 100"
    assert told(choice(5, 0, 195)) == "fewer than 5 in 100"
    assert told(replace(choice(60, 40, 30), cells=())) is None


def test_nothing_is_put_together_where_a_person_may_give_several() -> None:
    figure = choice(60, 45, 65, 30)
    assert good_cell(replace(figure, several=True)) is None
    assert good_cell(figure, ("a", "gone")) is None


def test_a_topic_says_which_of_its_answers_are_good() -> None:
    figure = choice(60, 40)
    assert is_topic(figure)
    assert not is_topic(replace(figure, good=(GOOD_CELL,)))
    assert not is_topic(replace(figure, type="select_multiple"))
    assert is_topic(replace(figure, type="scale", good=(GOOD_CELL,)))
