"""Recorded questions: which files a questionnaire names."""

from collections.abc import Collection
from dataclasses import replace

from app.domain.problem import ProblemType
from app.domain.surveys.survey import Question, SurveyDefinition

#: half a minute of speech on 2G, and more than enough for one question
LARGEST = 500_000

RECORDING_TOO_LARGE = ProblemType("recording.too_large", 422, "“%(name)s” is larger than 500 kB.")
RECORDING_NOT_SOUND = ProblemType(
    "recording.not_sound", 422, "“%(name)s” is not the sound file that its name promises (mp3, m4a, ogg, opus or wav)."
)
RECORDING_UNKNOWN = ProblemType("recording.unknown", 404, "There is no such recording.")


def names_asked(definition: SurveyDefinition) -> frozenset[str]:
    """The files that the questions name, in any language."""
    return frozenset(
        name for question in definition.questions() if question.audio for name in question.audio.values() if name
    )


def keep_recorded(definition: SurveyDefinition, names: Collection[str]) -> SurveyDefinition:
    """The definition without the files that nobody recorded: a question without one has no button to hear it."""
    if names_asked(definition) <= frozenset(names):
        return definition
    pages = tuple(
        replace(page, questions=tuple(_keep(question, names) for question in page.questions))
        for page in definition.pages
    )
    return replace(definition, pages=pages)


def _keep(question: Question, names: Collection[str]) -> Question:
    if not question.audio:
        return question
    kept = {language: name for language, name in question.audio.items() if name in names}
    return replace(question, audio=kept or None)
