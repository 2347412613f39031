"""Recorded questions: which files a questionnaire names."""

from app.domain.problem import ProblemType
from app.domain.survey import SurveyDefinition

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
