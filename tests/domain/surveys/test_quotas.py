"""Groups of people, and how far the interviews have come in each."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.quotas import MOST_TARGET, Quotas, cells_of, chosen_questions, groupable, plan_quotas
from tests.factories.surveys.surveys import definition, question

HOUSEHOLD = definition(
    [
        question("sex", "select_one", "woman", "man"),
        question("age", "select_one", "young", "old"),
        question("area", "select_one", "village", "town"),
        question("work", "select_one", *(f"work{at}" for at in range(31))),
        question("respect", "scale"),
        question("read", "select_multiple", "hindi", "english"),
    ]
)
QUOTAS = Quotas(("sex", "age"), {("woman", "young"): 2, ("man", "old"): 1})


def refusal(names: list[str], targets: dict[tuple[str, ...], int] | None = None) -> str:
    with pytest.raises(Problem) as caught:
        plan_quotas(HOUSEHOLD, names, targets or {})
    assert caught.value.sentence()
    return caught.value.code


@pytest.mark.parametrize(
    ("answers", "cell"),
    [
        ({"sex": "woman", "age": "young", "respect": 5}, ("woman", "young")),
        ({"sex": "man", "age": "young"}, None),
        ({"sex": "woman", "age": None}, None),
        ({"sex": "woman"}, None),
        ({"sex": "woman", "age": "third"}, None),
        ({}, None),
    ],
)
def test_a_response_falls_into_the_cell_of_its_choices(answers: dict[str, Any], cell: tuple[str, ...] | None) -> None:
    assert QUOTAS.cell_of(answers) == cell


def test_progress_tells_what_fell_beside_all_cells() -> None:
    answers = [{"sex": "woman", "age": "young"}] * 3 + [{"sex": "man", "age": "young"}, {"sex": None}, {}]
    progress = QUOTAS.progress(answers)
    assert (progress.counted, progress.beside, progress.responses) == ({("woman", "young"): 3}, 3, 6)


def test_the_cells_are_all_combinations() -> None:
    questions = chosen_questions(HOUSEHOLD, ["sex", "age", "area"])
    cells = cells_of(questions)
    assert len(cells) == 8
    assert cells[:2] == (("woman", "young", "village"), ("woman", "young", "town"))


def test_only_questions_with_exactly_one_choice_make_groups() -> None:
    assert [question.name for question in groupable(HOUSEHOLD)] == ["sex", "age", "area", "work"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([], "quota.no_question"),
        (["sex", "age", "area", "work"], "quota.too_many_questions"),
        (["sex", "sex"], "quota.too_many_questions"),
        (["sex", "caste"], "quota.question_unknown"),
        (["respect"], "quota.not_one_choice"),
        (["read"], "quota.not_one_choice"),
        (["sex", "age", "work"], ""),
        (["work", "sex", "age"], ""),
    ],
)
def test_questions_that_cannot_make_groups_are_refused(names: list[str], code: str) -> None:
    if code:
        assert refusal(names) == code
    else:
        assert plan_quotas(HOUSEHOLD, names, {}).targets == {}


def test_more_groups_than_anybody_can_fill_are_refused() -> None:
    many = definition([question(name, "select_one", *(f"c{at}" for at in range(16))) for name in ("one", "two")])
    with pytest.raises(Problem) as caught:
        chosen_questions(many, ["one", "two"])
    assert caught.value.code == "quota.too_many_cells"


@pytest.mark.parametrize(
    ("cell", "target", "code"),
    [
        (("woman",), -1, "quota.target_out_of_range"),
        (("woman",), MOST_TARGET + 1, "quota.target_out_of_range"),
        (("third",), 1, "quota.cell_unknown"),
        (("woman", "young"), 1, "quota.cell_unknown"),
    ],
)
def test_targets_that_mean_nothing_are_refused(cell: tuple[str, ...], target: int, code: str) -> None:
    assert refusal(["sex"], {cell: target}) == code


def test_a_target_of_zero_is_none() -> None:
    assert plan_quotas(HOUSEHOLD, ["sex"], {("woman",): 0, ("man",): MOST_TARGET}).targets == {("man",): MOST_TARGET}


CHOICES = st.sampled_from(["woman", "man", "young", "old", "other", None])


@given(st.lists(st.dictionaries(st.sampled_from(["sex", "age", "area"]), CHOICES)))
def test_every_response_is_counted_exactly_once(responses: list[dict[str, Any]]) -> None:
    progress = QUOTAS.progress(responses)
    assert progress.responses == len(responses)
    assert set(progress.counted) <= set(QUOTAS.targets)
