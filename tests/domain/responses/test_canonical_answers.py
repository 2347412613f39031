"""The one form in which an answer to each type of question is kept."""

import unicodedata
from typing import Any

import pytest

from app.domain.free_text import MAX_TEXT
from app.domain.responses.canonical_answers import NotAnAnswer, canonical_form
from tests.factories.responses.answers import EVERY_TYPE, check


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("many", ["b", "a", "b"], ["a", "b"]),
        ("table", {"toilet": 1}, {"toilet": 1}),
        ("table", {"toilet": 1, "water": None}, {"toilet": 1}),
        ("part", "12.500", "12.5"),
        ("part", "-0.0", "0"),
        ("part", "007", "7"),
        ("part", 7, "7"),
        ("line", "  दो \n शब्द ", "दो शब्द"),
        ("line", unicodedata.normalize("NFD", "क़िला"), unicodedata.normalize("NFC", "क़िला")),
        ("line", "a\u202eb\x00c\u200bd", "abcd"),
        ("line", "क्\u200dष", "क्\u200dष"),
        ("story", "a\r\nb\u2028c", "a\nb\nc"),
    ],
)
def test_an_answer_is_brought_into_its_canonical_form(name: str, raw: Any, kept: Any) -> None:
    assert check(EVERY_TYPE, **{name: raw}) == ({name: kept}, [], ())


@pytest.mark.parametrize(
    ("name", "raw"),
    [("one", ""), ("many", []), ("table", {}), ("part", ""), ("day", ""), ("line", " \u200b "), ("seen", False)],
)
def test_an_empty_answer_is_no_answer(name: str, raw: Any) -> None:
    assert check(EVERY_TYPE, **{name: raw}) == ({}, [], ())


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("one", "c", "answer.unknown_choice"),
        ("one", ["a"], "answer.unknown_choice"),
        ("one", 1, "answer.unknown_choice"),
        ("one", {}, "answer.unknown_choice"),
        ("many", "a", "answer.unknown_choice"),
        ("many", [1], "answer.unknown_choice"),
        ("many", [["a"]], "answer.unknown_choice"),
        ("face", 0, "answer.not_on_scale"),
        ("face", 6, "answer.not_on_scale"),
        ("face", True, "answer.not_on_scale"),
        ("face", "5", "answer.not_on_scale"),
        ("face", 4.0, "answer.not_on_scale"),
        ("table", [1], "answer.not_on_scale"),
        ("table", {"roof": 3}, "answer.not_on_scale"),
        ("whole", "3", "answer.not_whole"),
        ("whole", 3.0, "answer.not_whole"),
        ("whole", True, "answer.not_whole"),
        ("whole", 10**15, "answer.not_whole"),
        ("part", 1.5, "answer.not_decimal"),
        ("part", "1e5", "answer.not_decimal"),
        ("part", "NaN", "answer.not_decimal"),
        ("part", "१२", "answer.not_decimal"),
        ("day", "23-11-2026", "answer.not_a_date"),
        ("day", "2026-02-30", "answer.not_a_date"),
        ("day", "2026-W01-1", "answer.not_a_date"),
        ("line", 5, "answer.not_text"),
        ("story", ["x"], "answer.not_text"),
        ("seen", "true", "answer.not_confirmed"),
    ],
)
def test_what_is_no_answer_is_named_and_left_out(name: str, raw: Any, code: str) -> None:
    assert check(EVERY_TYPE, **{name: raw}) == ({}, [(name, code)], ())


def test_what_can_be_kept_of_a_bad_answer_is_kept() -> None:
    assert check(EVERY_TYPE, many=["a", "x"])[0] == {"many": ["a"]}
    assert check(EVERY_TYPE, table={"water": 2, "toilet": 9})[0] == {"table": {"water": 2}}
    kept, broken, _ = check(EVERY_TYPE, story="x" * (MAX_TEXT + 1))
    assert kept == {"story": "x" * MAX_TEXT}
    assert broken == [("story", "answer.too_long")]


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("whole", 10**15 - 1, 10**15 - 1),
        ("part", "9" * 15 + "." + "1" * 10, "9" * 15 + "." + "1" * 10),
        ("part", "+.5", None),
        ("part", "1" * 16, None),
        ("part", "1." + "1" * 11, None),
        ("story", "x" * MAX_TEXT, "x" * MAX_TEXT),
    ],
)
def test_what_is_kept_has_its_limits(name: str, raw: Any, kept: Any) -> None:
    assert check(EVERY_TYPE, **{name: raw})[0] == ({} if kept is None else {name: kept})


def test_a_text_of_a_megabyte_is_cut_before_it_is_cleaned() -> None:
    """What lies beyond is not looked at, not even to find that it was blank."""
    with pytest.raises(NotAnAnswer) as refused:
        canonical_form(EVERY_TYPE.question("line"))("राम" + " " * 1_000_000 + "श्याम")
    assert (refused.value.type.code, refused.value.kept) == ("answer.too_long", "राम")
