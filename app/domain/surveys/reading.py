"""How the answers of a survey are to be read: which are good, and what is said of people who gave them.

Kept beside the definition and outside its fingerprint: it changes nothing that citizens are asked.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from app.domain.surveys.survey import Texts

#: of a scale, without being marked
GOOD_STEPS = ("4", "5")


class ReadingJson(TypedDict):
    good: Mapping[str, list[str]]
    said: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """By question name: the good answers of choices, and the words that end "about 55 in 100 people …"."""

    good: Mapping[str, tuple[str, ...]]
    said: Mapping[str, Texts]

    def __bool__(self) -> bool:
        return bool(self.good or self.said)

    def to_json(self) -> str:
        data: ReadingJson = {
            "good": {name: list(answers) for name, answers in self.good.items()},
            "said": {name: dict(words) for name, words in self.said.items()},
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of its document in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> "SurveyReading":
        data: ReadingJson = json.loads(text)
        return cls({name: tuple(answers) for name, answers in data["good"].items()}, data["said"])


NOTHING_READ = SurveyReading({}, {})
