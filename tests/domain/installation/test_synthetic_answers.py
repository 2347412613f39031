from datetime import date
from random import Random
from statistics import mean

from app.domain.installation.synthetic_answers import SyntheticCitizens
from app.domain.responses.answers import compile_survey
from app.formats.xlsform.reading import read_form
from app.workflows.demonstration.department import FORM, STARTERS

DEFINITION = read_form((STARTERS / "surveys" / FORM).read_bytes(), FORM).definition
assert DEFINITION is not None


def answers(temper: float, number: int = 400) -> list[dict[str, object]]:
    citizens = SyntheticCitizens(DEFINITION, Random(1))  # noqa: S311 - invented, not secret  # noqa: S311
    return [citizens.answer(temper) for _ in range(number)]


def test_invented_answers_keep_the_rules() -> None:
    survey = compile_survey(DEFINITION)
    assert not any(survey.check(given, date(2026, 11, 23)).broken for given in answers(0.4))


def test_some_decline_some_leave_out_and_some_stop_after_the_core() -> None:
    given = answers(0.5)
    core = {question.name for question in DEFINITION.pages[0].questions}
    assert any(None in one.values() for one in given)
    assert any(core - one.keys() for one in given)
    assert 0.3 < mean(one.keys() <= core for one in given) < 0.8


def test_who_was_treated_well_says_so() -> None:
    def satisfied(temper: float) -> float:
        return mean(value for one in answers(temper) if isinstance(value := one.get("satisfied"), int))

    assert satisfied(0.9) > satisfied(0.5) > satisfied(0.1)


def test_the_same_seed_gives_the_same_people() -> None:
    assert answers(0.6) == answers(0.6)


def test_who_was_listened_to_is_satisfied_more_often() -> None:
    def satisfied(heard: tuple[int, ...]) -> float:
        given = (one.get("satisfied") for one in answers(0.5, 2000) if one.get("heard") in heard)
        return mean(value >= 4 for value in given if isinstance(value, int))

    assert satisfied((4, 5)) > satisfied((1, 2)) + 0.2
