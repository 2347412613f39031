"""Recorded questions: which files a questionnaire names, and what is left of it without them."""

from app.domain.surveys.recordings import keep_recorded, names_asked
from tests.factories.surveys.surveys import definition, question

SPOKEN = definition(
    [
        question("first", "text", audio={"hi": "first-hi.mp3", "en": "first-en.ogg"}),
        question("second", "text", audio={"hi": "second-hi.wav", "en": ""}),
    ],
    [question("third", "text")],
)


def test_every_file_is_asked_for_in_any_language() -> None:
    assert names_asked(SPOKEN) == {"first-hi.mp3", "first-en.ogg", "second-hi.wav"}


def test_a_question_without_a_recording_has_no_button_to_hear_it() -> None:
    kept = keep_recorded(SPOKEN, ["first-hi.mp3", "notes.txt"])
    assert [asked.audio for asked in kept.questions()] == [{"hi": "first-hi.mp3"}, None, None]
    assert [asked.label for asked in kept.questions()] == [asked.label for asked in SPOKEN.questions()]


def test_a_survey_with_all_its_recordings_stays_as_it_is() -> None:
    assert keep_recorded(SPOKEN, [*names_asked(SPOKEN), "another.mp3"]) == SPOKEN
