"""What a survey still lacks before citizens may see it. The same list warns at a check and refuses at publishing."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import Question, SurveyDefinition, Texts

NO_HINDI = ProblemType("survey.no_hindi", 422, "“%(where)s” has no Hindi text.")
NO_ENGLISH = ProblemType("survey.no_english", 422, "“%(where)s” has no English text.")
UNREAD_TEXT = ProblemType(
    "survey.unread_text",
    422,
    "“%(where)s” lets people write in their own words, and there is no page yet on which anybody reads that, whoever "
    "is named as reader. Leave the question out.",
)

_TRANSLATIONS = {"hi": NO_HINDI, "en": NO_ENGLISH}


def hindrances(definition: SurveyDefinition) -> tuple[Problem, ...]:
    """Why this survey cannot be published yet; each problem says `where`.

    Free text needs a page on which it is read: someone who writes of a danger must not write into a drawer.
    """
    missing = [
        Problem(_TRANSLATIONS[language], where=where)
        for where, words in _texts(definition)
        for language in _TRANSLATIONS
        if not words.get(language)
    ]
    unread = [Problem(UNREAD_TEXT, where=question.name) for question in definition.questions() if not question.is_asked]
    return (*missing, *unread)


def requiring_only_what_is_asked(definition: SurveyDefinition) -> SurveyDefinition:
    """The definition by which answers are judged: nobody owes an answer to a question that is not asked."""
    pages = (replace(page, questions=tuple(map(_requiring_if_asked, page.questions))) for page in definition.pages)
    return replace(definition, pages=tuple(pages))


def _requiring_if_asked(question: Question) -> Question:
    return question if question.is_asked else replace(question, required=False)


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
    if question.why:
        yield f"{question.name}: why", question.why
    for choice in (*question.choices, *question.rows):
        yield f"{question.name}: {choice.name}", choice.label
