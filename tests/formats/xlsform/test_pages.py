"""Groups are pages, table-lists are grids, and everything else is a question."""

import pytest

from tests.factories.xlsform.forms import HINDI, codes, good, survey_rows


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "a", *HINDI], "form.no_type"),
        (["end_group", "", "", ""], "form.unopened_group"),
    ],
)
def test_a_row_outside_all_order_is_refused(row: list[str], code: str) -> None:
    assert code in codes(row, ["text", "b", *HINDI])


def test_groups_are_pages_and_the_first_is_the_core() -> None:
    rows = [
        ["begin_group", "core", *HINDI],
        ["text", "a", *HINDI],
        ["end_group", "", "", ""],
        ["begin group", "more", *HINDI],
        ["text", "b", *HINDI],
        ["end group", "", "", ""],
        ["text", "c", *HINDI],
    ]
    pages = good(survey_rows(*rows)).pages
    assert [(page.name, [question.name for question in page.questions]) for page in pages] == [
        ("core", ["a"]),
        ("more", ["b"]),
        ("page_3", ["c"]),
    ]
    assert pages[0].title == {"hi": "हिन्दी", "en": "English"}


def test_a_page_without_a_group_takes_no_name_that_is_taken() -> None:
    rows = [
        ["text", "page_3", *HINDI],
        ["begin_group", "core", *HINDI],
        ["text", "b", *HINDI],
        ["end_group", "", "", ""],
    ]
    assert [page.name for page in good(survey_rows(*rows, ["text", "c", *HINDI])).pages] == ["core_", "core", "page_3_"]


def test_rows_that_are_disabled_or_only_remarks_are_left_alone() -> None:
    rows = [["text", "a", *HINDI, "", ""], ["geopoint", "b", *HINDI, "yes", ""], ["", "", "", "", "", "a remark"]]
    assert [q.name for q in good(survey_rows(*rows, columns=["disabled", "_remark"])).questions()] == ["a"]


def test_groups_must_open_close_and_hold_something() -> None:
    assert codes(["begin_group", "g", *HINDI], ["text", "a", *HINDI]) == ["form.unclosed_group"]
    assert codes(["begin_group", "g", *HINDI], ["end_group", "", "", ""], ["text", "a", *HINDI]) == ["form.empty_group"]
    nested = [
        ["begin_group", "g", *HINDI],
        ["begin_group", "h", *HINDI],
        ["text", "a", *HINDI],
        ["end_group", "", "", ""],
    ]
    assert codes(*nested, ["end_group", "", "", ""]) == ["form.nested_group"]


def test_a_table_list_holds_one_five_point_list_and_no_rules_of_rows() -> None:
    begin, end = ["begin_group", "g", *HINDI, "table-list", ""], ["end_group", "", "", "", "", ""]

    def table(*rows: list[str]) -> list[str]:
        return codes(begin, *rows, end, columns=("appearance", "relevant"))

    assert table(["select_one extent", "a", *HINDI, "", ""]) == []
    assert table(["select_one yes_no", "a", *HINDI, "", ""]) == ["form.scale_list"]
    assert table(["select_one extent", "a", *HINDI, "", ""], ["text", "b", *HINDI, "", ""]) == ["form.grid_row_type"]
    assert table(["select_one extent", "a", *HINDI, "", "1 = 1"]) == ["form.grid_row_rule"]


def test_a_name_is_given_once_whatever_bears_it() -> None:
    group = [["begin_group", "a", *HINDI], ["text", "a", *HINDI], ["end_group", "", "", ""]]
    assert codes(*group) == ["form.duplicate_name"]
    assert codes(["text", "a", *HINDI], ["image", "a", *HINDI]) == ["form.unsupported_type", "form.duplicate_name"]
