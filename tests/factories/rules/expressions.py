"""Any expression that a survey might hold, and answers for it, for Hypothesis."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from app.domain.surveys.expressions import TODAY

TEXTS = st.text(alphabet="ab1 .-05\t\u00a0\u0663थ\u094d🙂", max_size=6) | st.sampled_from(
    ["2026-11-23", " 2024-02-29 ", "2023-02-29", "0001-01-01", "0000-01-01", "9999-12-31", "-.5", "+1", "1e3", "00.10"]
)
FIGURES = st.decimals(-(10**6), 10**6, places=3) | st.decimals(-(10**30), 10**30, places=25) | st.integers(-4, 4)
PATTERNS = ("[0-9]+", "[^a]*", "(?:a|b[0-9]?)+", "[\\t-\\r ]?a{2,4}", "[^\\n]{1,3}🙂?", "", "थ\u094d", "(?:1|[2-9])-0")
#: pieces of patterns, good and bad
PATTERN_PIECES = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "(", ")", "|", "*", "+", "?", "{2}", "{1,3}", "{2,}"]
)
NUMBERED = st.decimals(0, 10**9, places=4).map(lambda number: ["num", f"{number:f}"])
WORDS = ("get a", "get b", "get c", "get missing", "get grid row", "self", "today", "true", "false")
LEAVES = st.one_of(
    TEXTS.map(lambda text: ["str", text]),
    NUMBERED,
    st.sampled_from(WORDS).map(str.split),
)
UNARY = ("neg", "not", "int", "round", "number", "string", "boolean", "date", "count-selected", "string-length")
BINARY = (
    "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "selected", "contains", "starts-with", "ends-with"
)  # fmt: skip
MANY = ("and", "or", "max", "min", "coalesce", "concat")


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(lambda *tree: list(tree), st.sampled_from(UNARY), inner),
        st.builds(lambda *tree: list(tree), st.sampled_from(BINARY), inner, inner),
        st.builds(
            lambda head, operands: [head, *operands], st.sampled_from(MANY), st.lists(inner, min_size=1, max_size=3)
        ),
        st.builds(lambda *operands: ["if", *operands], inner, inner, inner),
        st.builds(lambda number, places: ["round", number, ["num", str(places)]], inner, st.integers(0, 10)),
        st.builds(lambda text, pattern: ["regex", text, ["str", pattern]], inner, st.sampled_from(PATTERNS)),
    )


VALUES = TEXTS | st.booleans() | st.none() | FIGURES.map(Decimal)
#: values by name, one of them that of the dot
SCOPES = st.fixed_dictionaries(
    {TODAY: st.dates().map(date.isoformat)},
    optional=dict.fromkeys(("a", "b", "c", "grid.row", "self"), VALUES),
)
#: a tree, what its dot stands for and what it is evaluated in
EXPRESSIONS = st.fixed_dictionaries(
    {"tree": st.recursive(LEAVES, _grown, max_leaves=10), "self": st.just("self"), "scope": SCOPES}
)
