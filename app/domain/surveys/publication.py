"""What a survey still lacks before citizens may see it. The same list warns at a check and refuses at publishing."""

from collections.abc import Iterator

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import Question, SurveyDefinition, Texts

NO_HINDI = ProblemType("survey.no_hindi", 422, "“%(where)s” has no Hindi text.")
NO_ENGLISH = ProblemType("survey.no_english", 422, "“%(where)s” has no English text.")
UNREAD_TEXT = ProblemType(
    "survey.unread_text",
    422,
    "“%(where)s” asks for free text, but nobody is named who reads it every day. "
    "Name the reader in the department's settings, or leave the question out.",
)

_TRANSLATIONS = {"hi": NO_HINDI, "en": NO_ENGLISH}


def hindrances(definition: SurveyDefinition, free_text_reader: str | None) -> tuple[Problem, ...]:
    """Why this survey cannot be published yet; each problem says `where`.

    Free text needs a reader: someone who writes of a danger must not write into a drawer.
    """
    missing = [
        Problem(_TRANSLATIONS[language], where=where)
        for where, words in _texts(definition)
        for language in _TRANSLATIONS
        if not words.get(language)
    ]
    unread = [
        Problem(UNREAD_TEXT, where=question.name)
        for question in definition.questions()
        if question.type.is_free_text and not free_text_reader
    ]
    return (*missing, *unread)


def _texts(definition: SurveyDefinition) -> Iterator[tuple[str, Texts]]:
    yield "form_title", definition.title
    for page in definition.pages:
        if page.title:
            yield page.name, page.title
        for question in page.questions:
            yield from _texts_of(question)


def _texts_of(question: Question) -> Iterator[tuple[str, Texts]]:
    yield question.name, question.label
    if question.hint:
        yield f"{question.name}: hint", question.hint
    if question.constraint_message:
        yield f"{question.name}: constraint_message", question.constraint_message
    for choice in (*question.choices, *question.rows):
        yield f"{question.name}: {choice.name}", choice.label
