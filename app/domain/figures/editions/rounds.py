"""What came of a round, frozen as one document of figures alone. Its bytes are canonical JSON, as an edition's are."""

import json
from collections.abc import Sequence
from typing import TypedDict

from app.domain.figures.disclosure import POLICY
from app.domain.figures.editions.document import SCHEMA, write_section
from app.domain.figures.editions.reader import read_section
from app.domain.figures.editions.stored import SectionJson
from app.domain.figures.report import EvidenceSection
from app.domain.surveys.rounds.round import AnnouncementJson, canonical
from app.domain.surveys.rules import keyed
from app.domain.surveys.survey import AnswerValue, SurveyDefinition


class RoundResultsJson(TypedDict):
    """`announced` is what was announced, as it was; `fingerprint` that of the whole questionnaire; `keys` the right
    answers of a quiz. A class of answers of which fewer than ten came has no section. `salt` is random: what came can
    be told beforehand from no fingerprint, not even that nobody answered.
    """

    schema: int
    policy: int
    salt: str
    announced: AnnouncementJson
    fingerprint: str
    keys: dict[str, AnswerValue]
    sections: list[SectionJson]


def write_results(
    announced: AnnouncementJson, definition: SurveyDefinition, sections: Sequence[EvidenceSection], salt: str
) -> str:
    """The document as it is served."""
    written: RoundResultsJson = {
        "schema": SCHEMA,
        "policy": POLICY,
        "salt": salt,
        "announced": announced,
        "fingerprint": definition.fingerprint,
        "keys": {question.name: question.key for question in keyed(definition)},
        "sections": [write_section(section) for section in sections],
    }
    return canonical(written)


def read_results(text: str, definition: SurveyDefinition) -> tuple[EvidenceSection, ...]:
    """Its sections; none where fewer than ten answered in every way."""
    document: RoundResultsJson = json.loads(text)
    return tuple(read_section(section, definition) for section in document["sections"])
