"""Sentences that are said later, in the language of whoever reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

#: (msgid) -> the sentence in the reader's language, as gettext does
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: an English msgid with %(name)s placeholders, and what stands in them."""

    message: str
    details: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate = str) -> str:
        sentence = translate(self.message)
        return sentence % self.details if self.details else sentence
