"""Joint counters, beside a count by hand, and added up over any blocks."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.counters import add
from app.domain.figures.drivers.joint import JointLayout, Table
from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from tests.factories import definition, question

ROWS = [{"name": "water", "label": {"hi": "पानी", "en": "Water"}}]
SURVEY = definition(
    [
        question("overall", "scale"),
        question("heard", "scale"),
        question("money", "select_one", "no", "hinted", "asked"),
        question("purpose", "select_one", "complaint", "passport"),
        question("change", "select_multiple", "speed", "manner"),
    ],
    [question("amenities", "grid", rows=ROWS), question("comment", "text")],
)
READING = SurveyReading({"money": ("no", "hinted"), "change": ("speed",)}, {})
LAYOUT = JointLayout(SURVEY, READING)


def tables(*responses: dict[str, Any]) -> dict[tuple[str, str], list[int]]:
    """The counters of each topic that are not nought, by hand: stratum, then which of the four."""
    read = LAYOUT.read(LAYOUT.count(responses))
    return {
        topic.key: [
            10 * stratum + place
            for stratum, table in enumerate(each)
            for place, name in enumerate(Table.__slots__)
            for _ in range(getattr(table, name))
        ]
        for topic, each in read
    }


def test_topics_are_what_has_good_answers_beside_the_main_question() -> None:
    assert [topic.key for topic in LAYOUT.topics] == [("heard", ""), ("money", ""), ("amenities", "water")]
    assert [topic.key for topic in JointLayout(SURVEY, NOTHING_READ).topics] == [("heard", ""), ("amenities", "water")]


def test_without_a_main_question_or_two_topics_nothing_is_counted() -> None:
    assert not JointLayout(definition([question("purpose", "select_one", "a", "b")]), NOTHING_READ)
    assert not JointLayout(definition([question("overall", "scale"), question("heard", "scale")]), NOTHING_READ)
    assert LAYOUT


def test_people_are_told_apart_by_what_else_they_found_good() -> None:
    response = {"overall": 5, "heard": 4, "money": "hinted", "amenities": {"water": 1}}
    # Of the others of each: one of two good, one of two good, two of two good.
    assert tables(response) == {("heard", ""): [20], ("money", ""): [20], ("amenities", "water"): [32]}
    assert tables({"overall": 3, "heard": 1, "money": "asked"}) == {
        ("heard", ""): [3],
        ("money", ""): [3],
        ("amenities", "water"): [],
    }


def test_who_left_out_the_main_question_or_all_others_is_in_no_table() -> None:
    nothing: dict[tuple[str, str], list[int]] = {topic.key: [] for topic in LAYOUT.topics}
    for response in (
        {"heard": 5, "money": "no"},
        {"overall": None, "heard": 5, "money": "no"},
        {"overall": True, "heard": 5, "money": "no"},
        {"overall": 9, "heard": 5, "money": "no"},
        {"overall": 4, "heard": 5},
        {"overall": 4, "heard": 5, "money": None, "amenities": None},
        {"overall": 4, "heard": 5, "money": "unknown", "amenities": ["water"]},
    ):
        assert tables(response) == nothing


def test_the_name_changes_with_what_is_counted_and_with_nothing_else() -> None:
    other_words = SurveyReading(READING.good, {"overall": {"en": "people were content"}})
    assert JointLayout(SURVEY, other_words).name == LAYOUT.name
    assert JointLayout(SURVEY, SurveyReading({"money": ("no",)}, {})).name != LAYOUT.name
    assert JointLayout(SURVEY, NOTHING_READ).name != LAYOUT.name


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "overall": st.sampled_from([None, 1, 3, 4, 5]),
        "heard": st.sampled_from([None, 2, 4, 5]),
        "money": st.sampled_from([None, "no", "asked"]),
        "amenities": st.fixed_dictionaries({}, optional={"water": st.sampled_from([1, 5])}),
    },
)


@given(st.lists(st.lists(ANSWERS, max_size=6), max_size=5))
def test_the_vectors_of_any_blocks_add_up_to_that_of_all_answers_in_them(blocks: list[list[Any]]) -> None:
    whole = LAYOUT.count(response for block in blocks for response in block)
    assert add([LAYOUT.count([]), *map(LAYOUT.count, blocks)]) == whole
