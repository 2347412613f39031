from app.domain.surveys.main_question import main_question
from tests.factories import definition, question


def test_the_main_question_is_the_one_about_the_whole() -> None:
    main = main_question(definition([question("respect", "scale"), question("overall", "scale")]))
    assert main is not None
    assert main.name == "overall"


def test_without_a_known_name_it_is_the_first_scale() -> None:
    main = main_question(definition([question("respect", "scale"), question("heard", "scale")]))
    assert main is not None
    assert main.name == "respect"


def test_a_questionnaire_without_a_scale_has_none() -> None:
    assert main_question(definition([question("comment", "text")])) is None
