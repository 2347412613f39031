"""Says sentences and labels in one language, without the web."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.figures.report import Label
from app.domain.sentence import Sentence
from app.formats.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class Translator:
    """Says words and labels in one language."""

    language: str
    say: Callable[[Sentence], str]
    name: Callable[[Label], str]


def translator(language: str) -> Translator:
    translate = catalogue(language).gettext
    return Translator(language, lambda words: words.text(translate), lambda label: label.text(language, translate))
