"""Patterns: what is accepted means the same to every engine and is never slow."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.patterns.portable import MAX_PATTERN, MAX_POSITIONS, portable_pattern
from tests.factories.rules.expressions import PATTERN_PIECES


@given(st.lists(PATTERN_PIECES, max_size=8), st.text("ab1\n ", max_size=12))
def test_a_pattern_that_is_accepted_means_what_it_meant(atoms: list[str], text: str) -> None:
    pattern = "".join(atoms)
    try:
        portable = portable_pattern(pattern)
    except Problem:
        return
    original = re.compile(pattern, re.ASCII)
    assert bool(re.fullmatch(portable, text)) is bool(original.fullmatch(text))


@given(st.lists(PATTERN_PIECES, max_size=10))
def test_no_accepted_pattern_is_slow(atoms: list[str]) -> None:
    try:
        portable = portable_pattern("".join(atoms))
    except Problem:
        return
    compiled = re.compile(portable)
    for text in ("a" * 2000 + "!", "ab" * 1000 + "\n"):
        began = time.process_time()
        compiled.fullmatch(text)
        # Linear is far below a millisecond here; a cube or worse is far above a second.
        assert time.process_time() - began < 1


@given(st.lists(PATTERN_PIECES, max_size=8))
def test_the_portable_spelling_is_portable_already(pieces: list[str]) -> None:
    try:
        portable = portable_pattern("".join(pieces))
    except Problem:
        return
    assert portable_pattern(portable) == portable


@pytest.mark.parametrize(
    ("pattern", "portable"),
    [
        (r"^\d{2}$", "[0-9]{2}"),
        (r"\W", "[^0-9A-Z_a-z]"),
        (r"a\sb", "a[\\t-\\r ]b"),
        (".", "[^\\n]"),
        ("(19|20)?", "(?:19|20)?"),
        ("(ab)+(c)*", "(?:ab)+(?:c)*"),
        ("x{2,}y{1,3}z{0,}", "x{2,}y{1,3}z*"),
        ("[x-]/[^a-c]", "[\\-x]\\/[^a-c]"),
        ("[a-cb-d]", "[a-d]"),
        ("", ""),
    ],
)
def test_every_shorthand_is_written_out(pattern: str, portable: str) -> None:
    assert portable_pattern(pattern) == portable


def refusal(pattern: str) -> Problem:
    with pytest.raises(Problem) as refused:
        portable_pattern(pattern)
    return refused.value


@pytest.mark.parametrize(
    ("largest", "too_large"),
    [
        ("a" * MAX_PATTERN, "a" * (MAX_PATTERN + 1)),
        (f"a{{{MAX_POSITIONS}}}", f"a{{{MAX_POSITIONS + 1}}}"),
        (f"(a{{50}}){{{MAX_POSITIONS // 50}}}", f"(a{{50}}){{{MAX_POSITIONS // 50}}}b"),
        ("(" * 20 + "a" + ")" * 20, "(" * 21 + "a" + ")" * 21),
    ],
    ids=["letters", "counted", "counted twice", "groups"],
)
def test_a_pattern_has_its_limits(largest: str, too_large: str) -> None:
    assert portable_pattern(largest)
    assert refusal(too_large).code == "pattern.too_large"


@pytest.mark.parametrize(
    ("pattern", "decided"),
    [
        ("(a?)?", "pattern.nested_repeat"),
        ("(a?|b?)", "pattern.ambiguous"),
        ("(a|b?)c", None),
        ("(a|ba)*", None),
        ("(a+b)*", "pattern.nested_repeat"),
        ("(ab{1,2})+", "pattern.nested_repeat"),
        ("(ab{2})+", None),
        ("a?a", "pattern.ambiguous"),
        ("a{1,2}a", "pattern.ambiguous"),
        ("a{2}a", None),
        ("a{1,2}b", None),
        ("(ab?)?b", "pattern.ambiguous"),
        ("[^@]+@[^@]+", None),
        ("[^@]+@?[^@]+", "pattern.ambiguous"),
    ],
)
def test_the_next_character_alone_decides_where_a_pattern_goes_on(pattern: str, decided: str | None) -> None:
    if decided is None:
        assert portable_pattern(pattern)
    else:
        assert refusal(pattern).code == decided


@pytest.mark.parametrize(("pattern", "position"), [("(a", 3), ("ab)", 3), ("a[z-b]", 6), ("a{,2}", 2)])
def test_what_cannot_be_read_is_told_with_its_position(pattern: str, position: int) -> None:
    problem = refusal(pattern)
    assert (problem.code, problem.details) == ("pattern.unreadable", {"position": position})


@pytest.mark.parametrize(
    ("pattern", "part"),
    [(r"a\b", r"\b"), ("(?=a)", "(?="), ("a+?", "+?"), ("[a[b]", "["), ("[a&&b]", "&"), ("xa{3,2}", "{3,2}")],
)
def test_what_engines_read_differently_is_named(pattern: str, part: str) -> None:
    problem = refusal(pattern)
    assert (problem.code, problem.details) == ("pattern.unsupported", {"part": part})
