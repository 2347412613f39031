"""Lists of choices."""

from tests.factories.xlsform.forms import HINDI, SMALL, good, survey_rows


def test_an_exclusive_choice_is_marked_in_its_row() -> None:
    choices = [[*SMALL["choices"][0], "exclusive"], ["x", "a", *HINDI, ""], ["x", "none", *HINDI, "yes"]]
    survey = good({**survey_rows(["select_multiple x", "many", *HINDI]), "choices": choices})
    assert survey.question("many").exclusive == ("none",)
