from app.domain.responses.screening.items import DECLINED, LEFT, Item, ItemForm, item_form, item_row
from tests.factories import definition, question
from tests.factories.responses.answers import EVERY_TYPE, GIVEN, ROWS

VISIT = definition(
    [
        question("purpose", "select_one", "fir", "papers"),
        *(question(name, "scale") for name in ("a", "b", "satisfied")),
    ],
    [
        question("table", "grid", rows=ROWS),
        question("many", "select_multiple", "x", "y"),
        *(question(name, "scale") for name in "cdefgh"),
    ],
)


def form_of_visit() -> ItemForm:
    form = item_form(VISIT)
    assert form is not None
    return form


def test_texts_numbers_dates_and_notes_are_no_items_and_rows_of_a_grid_are() -> None:
    form = item_form(EVERY_TYPE)
    assert form is not None
    named = [Item("one"), Item("many"), Item("face"), Item("table", "water"), Item("table", "toilet"), Item("seen")]
    assert form.items == tuple(named)
    assert item_row(form, GIVEN).items == ("a", "a b", "5", "2", "4", "True")


def test_the_core_is_the_first_page_and_the_main_question_gives_the_level() -> None:
    form = form_of_visit()
    row = item_row(form, {"purpose": "fir", "a": 1, "b": None, "satisfied": 2, "c": 5})
    assert row.core == ("fir", "1", DECLINED, "2")
    assert row.items[:4] == row.core
    assert len(row.items) == 13
    assert (row.level, row.rich) == ("2", False)
    assert item_row(form, {"purpose": "fir"}).level == LEFT


def test_of_a_grid_each_row_may_be_left_and_all_be_declined() -> None:
    form = form_of_visit()
    assert item_row(form, {"table": {"water": 3}}).items[4:6] == ("3", LEFT)
    assert item_row(form, {"table": None}).items[4:6] == (DECLINED, DECLINED)


def test_rich_is_who_answered_ten_items_and_declining_is_no_answer() -> None:
    form = form_of_visit()
    ten = {"purpose": "fir", **dict.fromkeys([*"ab", "satisfied", *"cdefgh"], 3)}
    assert item_row(form, ten).rich
    assert not item_row(form, {**ten, "h": None}).rich


def test_a_first_page_of_three_items_has_no_likeness_rule() -> None:
    page = [question(name, "scale") for name in "abc"]
    assert item_form(definition([*page, question("why", "text")], [question("d", "scale")])) is None


def test_a_questionnaire_without_a_scale_has_one_level() -> None:
    form = item_form(definition([question(name, "select_one", "x", "y") for name in "abcd"]))
    assert form is not None
    assert item_row(form, {"a": "x"}).level == LEFT
