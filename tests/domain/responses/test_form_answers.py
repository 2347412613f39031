from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.responses.answers import compile_survey
from app.domain.responses.form_answers import DECLINED, parse_form
from tests.factories.responses.answers import EVERY_TYPE, GIVEN

TODAY = date(2026, 11, 23)


def form(**fields: list[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    parsed = parse_form(EVERY_TYPE, {name.replace("__", "."): values for name, values in fields.items()})
    return parsed.answers, [(error.question, error.code) for error in parsed.errors]


def test_a_full_form_is_read() -> None:
    answers, errors = form(
        one=["a"],
        many=["b", "a"],
        face=["5"],
        table__water=["2"],
        table__toilet=["4"],
        whole=["-3"],
        part=["12.50"],
        day=["23-11-2026"],
        line=[" राम "],
        story=["पहली\r\nदूसरी"],
        seen=["true"],
        _lang=["hi"],
    )
    assert (answers, errors) == (GIVEN, [])


def test_an_empty_form_has_no_answers() -> None:
    assert form() == ({}, [])
    assert form(**{name: ["", "  "] for name in GIVEN}) == ({}, [])


@pytest.mark.parametrize("name", sorted(set(GIVEN) - {"many"}))
def test_declining_wins_over_what_was_typed_beside_it(name: str) -> None:
    assert form(**{name: ["5", DECLINED]}) == ({name: None}, [])


def test_several_choices_and_declining_contradict_each_other_and_neither_is_dropped() -> None:
    assert form(many=["a", "b", DECLINED]) == ({}, [("many", "answer.exclusive")])
    assert form(many=[DECLINED]) == ({"many": None}, [])


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        ("whole", "१२", 12),
        ("whole", "−५", -5),
        ("whole", "1,00,000", 100_000),
        ("whole", "150,000", 150_000),
        ("whole", "1 50 000", 150_000),
        ("whole", " 7 ", 7),
        ("part", "२.५", "2.5"),
        ("part", ".5", "0.5"),
        ("day", "२३/११/२०२६", "2026-11-23"),
        ("day", "3.1.2026", "2026-01-03"),
        ("day", "2026-11-23", "2026-11-23"),
        ("face", "४", 4),
        ("line", "क्या १२ बजे?", "क्या १२ बजे?"),
    ],
)
def test_figures_are_read_as_people_write_them(field: str, typed: str, read: Any) -> None:
    assert form(**{field: [typed]}) == ({field: read}, [])


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("one", "x", "answer.unknown_choice"),
        ("many", "x", "answer.unknown_choice"),
        ("face", "9", "answer.not_on_scale"),
        ("whole", "बारह", "answer.not_whole"),
        ("whole", "2.5", "answer.not_whole"),
        ("whole", "3,4", "answer.not_whole"),
        ("whole", "5 10", "answer.not_whole"),
        ("whole", "1,2,3", "answer.not_whole"),
        ("whole", "9" * 5000, "answer.not_whole"),
        ("part", "1.2.3", "answer.not_decimal"),
        ("part", ",", "answer.not_decimal"),
        ("part", ".", "answer.not_decimal"),
        ("part", "2,5", "answer.not_decimal"),
        ("part", "1.000,00", "answer.not_decimal"),
        ("day", "31-02-2026", "answer.not_a_date"),
        ("day", "कल", "answer.not_a_date"),
        ("story", "x" * 2001, "answer.too_long"),
        ("seen", "maybe", "answer.not_confirmed"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_field(field: str, typed: str, code: str) -> None:
    assert form(**{field: [typed]}) == ({}, [(field, code)])


def test_a_row_that_is_off_the_scale_is_an_error_of_its_table() -> None:
    assert form(table__water=["9"], table__toilet=["3"])[1] == [("table", "answer.not_on_scale")]


@given(st.dictionaries(st.sampled_from([*GIVEN, "table.water"]), st.lists(st.text(max_size=20), max_size=3)))
def test_whatever_a_form_holds_what_is_read_passes_the_check(fields: dict[str, list[str]]) -> None:
    parsed = parse_form(EVERY_TYPE, fields)
    checked = compile_survey(EVERY_TYPE).check(parsed.answers, TODAY)
    assert checked.answers == parsed.answers
    assert {broken.code for broken in checked.broken} <= {"answer.exclusive"}
