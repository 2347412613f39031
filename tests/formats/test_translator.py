"""Sentences and labels in one language, without the web."""

from app.domain.figures.report import Label
from app.domain.sentence import Sentence
from app.formats.translator import translator


def test_a_translator_says_sentences_and_names_in_its_language() -> None:
    hindi, english = translator("hi"), translator("en")
    said = Sentence("about %(number)s answers", {"number": 30})
    assert (hindi.say(said), english.say(said)) == ("लगभग 30 जवाब", "about 30 answers")
    asked = Label({"hi": "बर्ताव", "en": "Manners"})
    assert (hindi.name(asked), english.name(asked)) == ("बर्ताव", "Manners")
    assert hindi.name(Label(words=said)) == "लगभग 30 जवाब"
