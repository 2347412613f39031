"""What several tables have in common."""

from app.domain.dialogue.open_data.columns import ANSWERS_OF_OURS, in_each, number
from app.domain.sentence import Sentence
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.formats.xlsform.choices import CHOICE_NAME


def test_no_answer_of_a_questionnaire_is_called_like_ours() -> None:
    assert not any(CHOICE_NAME.fullmatch(name) for name in ANSWERS_OF_OURS)


def test_a_text_has_a_column_for_each_language_and_may_be_missing_in_one() -> None:
    columns = in_each("title", Sentence("Title"))
    assert [column.name for column in columns] == [f"title_{language}" for language in REQUIRED_LANGUAGES]
    assert not any(column.required for column in columns)


def test_a_number_may_be_untold() -> None:
    column = number("base", Sentence("How many"))
    assert (column.type, column.required, column.blank) == ("integer", False, False)
