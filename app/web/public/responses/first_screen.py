"""What a citizen sees first on a small phone: the first question with its answers, or a way in if they do not fit."""

import unicodedata

from app.domain.surveys.survey import Question, QuestionType, in_language
from app.web.components import has_short_words

#: what a reader who is worried takes in before the first answer, and what the page says itself: promise, links, step
_MOST_WORDS = 40
_OWN_WORDS = 30
#: of a page of 360 x 640 px in Hindi, as measured: what stands above and below the words that are counted here
_FIXED_PX = 400
_HEIGHT_PX = 640
_LINE_PX = 31
#: letters that stand in a line, without marks above and below it
_LETTERS = 26
_ANSWER_PX = 60


def fits(question: Question, language: str, *above: str) -> bool:
    """Whether a question can be answered on the first screen below these texts, without scrolling or much reading."""
    words = (*above, in_language(question.label, language))
    if question.hint is not None or _OWN_WORDS + sum(len(text.split()) for text in words) > _MOST_WORDS:
        return False
    if question.type is QuestionType.SCALE and has_short_words(question, language):
        answers = 2 * _ANSWER_PX
    elif question.type in (QuestionType.SELECT_ONE, QuestionType.SCALE):
        answers = _ANSWER_PX * len(question.choices)
    else:
        return False
    lines = sum(-(-_letters(text) // _LETTERS) for text in words)
    return _FIXED_PX + lines * _LINE_PX + answers <= _HEIGHT_PX


def _letters(text: str) -> int:
    """How many letters take room in a line."""
    return sum(not unicodedata.category(letter).startswith("M") for letter in text)
