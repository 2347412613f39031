"""Which question stands for the whole visit."""

from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition

#: the first of these that a questionnaire has is its main question
_NAMES = ("satisfied", "overall", "satisfaction")


def main_question(definition: SurveyDefinition) -> Question | None:
    """The scale that stands for the whole: one with a known name, else the first of the core, else none."""
    scales = [question for question in definition.questions() if question.type is QuestionType.SCALE]
    named = [question for name in _NAMES for question in scales if question.name == name]
    return next(iter(named + scales), None)
