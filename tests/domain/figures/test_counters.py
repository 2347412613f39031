"""Counters: one vector that adds up."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.counters import CounterLayout, add, pack, unpack
from app.domain.responses.answers import compile_survey
from app.domain.surveys.survey import SurveyDefinition
from tests.factories import definition, question

ROWS = [
    {"name": "water", "label": {"hi": "पानी", "en": "Water"}},
    {"name": "seat", "label": {"hi": "कुर्सी", "en": "Seat"}},
]
SURVEY = definition(
    [
        question("purpose", "select_one", "complaint", "passport"),
        question("overall", "scale"),
        question("change", "select_multiple", "speed", "manner", "none"),
        question("money", "select_one", "yes", "no", relevant=["=", ["get", "purpose"], ["str", "complaint"]]),
    ],
    [question("amenities", "grid", rows=ROWS), question("wait", "integer"), question("comment", "text")],
)


def read(*responses: dict[str, Any], survey: SurveyDefinition = SURVEY, asked: Any = None) -> dict[str, Any]:
    layout = CounterLayout(survey)
    vector = layout.count(responses, asked)
    return {
        part.question.name + (f".{part.row.name}" if part.row else ""): counts for part, counts in layout.read(vector)
    }


def told(counts: Any) -> tuple[int, int, int, int]:
    return counts.asked, counts.answered, counts.declined, counts.unanswered


def test_answered_declined_and_passed_over_are_told_apart() -> None:
    counts = read({"overall": 5}, {"overall": None}, {"purpose": "passport"})["overall"]
    assert told(counts) == (3, 1, 1, 1)
    assert dict(counts.cells) == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 1}


def test_pages_after_the_core_were_asked_of_those_who_went_on() -> None:
    counts = read({"overall": 5}, {"overall": 4, "wait": 12}, {"overall": 4, "wait": None, "comment": "ठीक"})
    assert told(counts["wait"]) == (2, 1, 1, 0)
    assert told(counts["comment"]) == (2, 1, 0, 1)
    assert told(counts["overall"]) == (3, 3, 0, 0)


def test_several_choices_and_rows_of_a_grid() -> None:
    counts = read({"change": ["speed", "manner", "speed"]}, {"change": []}, {"amenities": {"water": 2}})
    assert told(counts["change"]) == (3, 1, 0, 2)
    assert dict(counts["change"].cells) == {"speed": 1, "manner": 1, "none": 0}
    assert told(counts["amenities.water"]) == (1, 1, 0, 0)
    assert told(counts["amenities.seat"]) == (1, 0, 0, 1)


def test_numbers_are_counted_in_ranges() -> None:
    values: list[Any] = [-1, 0, 4, 5, "12.5", 1000, 5000]
    counts = read(*({"wait": value} for value in values))["wait"]
    assert {name: n for name, n in counts.cells.items() if n} == {
        "below": 1,
        "0": 1,
        "1": 1,
        "5": 1,
        "10": 1,
        "1000": 2,
    }


def test_a_conditional_question_was_asked_of_those_it_is_relevant_to() -> None:
    compiled = compile_survey(SURVEY)
    responses = ({"purpose": "complaint"}, {"purpose": "complaint", "money": "no"}, {"purpose": "passport"})

    def asked(answers: Any) -> Any:
        return compiled.asked(answers, date(2026, 1, 5))

    assert told(read(*responses, asked=asked)["money"]) == (2, 1, 0, 1)
    assert told(read(*responses)["money"]) == (1, 1, 0, 0)


def test_what_is_no_answer_counts_as_none() -> None:
    odd: list[Any] = [True, 6, 0, "5", [5], {"a": 1}, 2.0]
    counts = read(*({"overall": value, "purpose": value, "change": value, "wait": "x"} for value in odd))
    assert told(counts["overall"]) == (7, 0, 0, 7)
    assert told(counts["purpose"]) == (7, 0, 0, 7)
    assert told(counts["change"]) == (7, 0, 0, 7)
    assert told(counts["wait"]) == (7, 0, 0, 7)
    assert told(read({"unknown": 1})["overall"]) == (1, 0, 0, 1)


answers = st.fixed_dictionaries(
    {},
    optional={
        "purpose": st.sampled_from(["complaint", "passport", None]),
        "overall": st.none() | st.integers(1, 5),
        "change": st.none() | st.lists(st.sampled_from(["speed", "manner", "none"]), unique=True),
        "money": st.sampled_from(["yes", "no", None]),
        "amenities": st.none() | st.dictionaries(st.sampled_from(["water", "seat"]), st.integers(1, 5)),
        "wait": st.none() | st.integers(-5, 10**6),
        "comment": st.none() | st.text(min_size=1),
    },
)


@given(st.lists(answers), st.lists(answers))
def test_vectors_add_up_and_survive_packing(one: list[Any], other: list[Any]) -> None:
    layout = CounterLayout(SURVEY)
    first, second = layout.count(one), layout.count(other)
    assert add([first, second]) == layout.count(one + other)
    assert list(unpack(pack(first))) == first
    assert len(pack(first)) == 4 * layout.length
    for _, counts in layout.read(first):
        assert counts.asked == counts.answered + counts.declined + counts.unanswered


def test_a_part_of_another_version_is_found_if_it_asks_the_same() -> None:
    layout = CounterLayout(SURVEY)
    vector = layout.count([{"purpose": "passport", "overall": 4}, {"purpose": "complaint"}])
    other = definition([question("overall", "scale"), question("purpose", "select_one", "complaint", "other")])
    overall, purpose = CounterLayout(other).parts
    found = layout.read_same(overall, vector)
    assert found == {part.question.name: counts for part, counts in layout.read(vector)}["overall"]
    assert layout.read_same(purpose, vector) is None


def test_the_layout_is_little_endian() -> None:
    assert pack([1, 258]) == b"\x01\x00\x00\x00\x02\x01\x00\x00"
