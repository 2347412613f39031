"""Lists of choices."""

import pytest

from app.formats.xlsform.choices import ChoiceList, read_choices
from app.formats.xlsform.columns import CHOICE_COLUMNS, FormColumns
from app.formats.xlsform.sheets import Sheet, SheetRow
from tests.factories.xlsform.forms import HINDI, SMALL, good, survey_rows


def test_an_exclusive_choice_is_marked_in_its_row() -> None:
    choices = [[*SMALL["choices"][0], "exclusive"], ["x", "a", *HINDI, ""], ["x", "none", *HINDI, "yes"]]
    survey = good({**survey_rows(["select_multiple x", "many", *HINDI]), "choices": choices})
    assert survey.question("many").exclusive == ("none",)


def lists_of(*rows: list[str], columns: tuple[str, ...] = ()) -> tuple[dict[str, ChoiceList], list[tuple[object, str]]]:
    """The lists of a sheet, and row and code of every problem in it."""
    headers = ("list_name", "name", "label::hi", *columns)
    filled = (dict(zip(headers, row, strict=False)) for row in rows)
    lines = tuple(SheetRow(at, {name: cell for name, cell in row.items() if cell}) for at, row in enumerate(filled, 2))
    lists, problems = read_choices(FormColumns(Sheet("choices", headers, lines), CHOICE_COLUMNS, "hi"))
    return lists, [(problem.details["row"], problem.code) for problem in problems]


def test_rows_of_one_list_may_stand_apart() -> None:
    lists, problems = lists_of(["x", "a", "क"], ["y", "a", "क"], [], ["x", "b", "ख"])
    assert problems == []
    assert {name: [choice.name for choice in found.choices] for name, found in lists.items()} == {
        "x": ["a", "b"],
        "y": ["a"],
    }


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "b", "ख"], "form.no_list_name"),
        (["x", "", "ख"], "form.no_name"),
        (["x", "b b", "ख"], "form.bad_name"),
        (["x", "-b", "ख"], "form.bad_name"),
        (["x", "a", "ख"], "form.duplicate_choice"),
        (["x", "b", ""], "form.no_label"),
        (["x", "b", "ख", "maybe"], "form.not_yes_or_no"),
    ],
)
def test_a_choice_is_refused_in_its_row(row: list[str], code: str) -> None:
    assert lists_of(["x", "a", "क"], row, columns=("exclusive",))[1] == [(3, code)]


@pytest.mark.parametrize(
    ("names", "is_scale"), [("54321", True), ("12345", True), ("1234", False), ("01234", False), ("112345", False)]
)
def test_a_scale_has_the_five_names_in_any_order(names: str, is_scale: bool) -> None:
    lists, _ = lists_of(*(["x", name, "क"] for name in names))
    assert lists["x"].is_scale is is_scale


def test_good_answers_are_marked_in_their_rows() -> None:
    lists, problems = lists_of(["x", "a", "क", "yes"], ["x", "b", "ख", "no"], columns=("good",))
    assert (lists["x"].good_answers, problems) == (("a",), [])


def test_of_a_scale_the_two_best_are_good_and_no_other() -> None:
    lists, problems = lists_of(
        *(["x", name, "क", "yes" if name in "35" else ""] for name in "12345"), columns=("good",)
    )
    assert lists["x"].good_answers == ("4", "5")
    assert problems == [(4, "form.good_of_scale")]
