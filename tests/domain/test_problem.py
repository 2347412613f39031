"""Refusals: a stable code, and a sentence for whoever reads it."""

from app.domain.problem import Problem, ProblemType

LONG = ProblemType("place.name_long", 422, "Longer than %(longest)d letters.")
SHARE = ProblemType("share.low", 409, "Fewer than 10 % answered.")


def test_a_refusal_says_its_details_in_any_language() -> None:
    problem = Problem(LONG, longest=120)
    assert problem.sentence() == "Longer than 120 letters."
    assert problem.sentence("%(longest)d से अधिक अक्षर।") == "120 से अधिक अक्षर।"


def test_a_sentence_without_details_may_hold_a_percent_sign() -> None:
    assert Problem(SHARE).sentence() == "Fewer than 10 % answered."


def test_where_it_is_logged_a_refusal_is_its_code_and_its_sentence() -> None:
    assert str(Problem(LONG, longest=120)) == "place.name_long: Longer than 120 letters."


def test_many_refusals_are_parts_of_one() -> None:
    rows = (Problem(LONG, longest=at) for at in (1, 2))
    assert [part.details for part in Problem(SHARE, parts=rows).parts] == [{"longest": 1}, {"longest": 2}]
