"""Joint counters: of each topic, how many found it good, and how many of them were satisfied.

A topic is a question that says which of its answers are good: a scale, a row of a grid, or a choice whose reading
marks them. Whoever is content finds everything better, so people are told apart by what share of the *other* topics
they found good, in four strata with fixed limits: the vectors of any blocks add up to that of all answers in them.

No counter of these is ever shown.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.figures.counters import Part, parts_of
from app.domain.json_value import JsonObject
from app.domain.surveys.main_question import main_question
from app.domain.surveys.reading import GOOD_STEPS, SurveyReading
from app.domain.surveys.survey import QuestionType, SurveyDefinition

#: below a quarter of the other topics good, below a half, below three quarters, above
STRATA = 4
#: of a topic and stratum: good and satisfied, good and not, not good and satisfied, neither
CELLS = 4
#: with one topic there are no others that would tell people apart
FEWEST_TOPICS = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A question or a row of a grid, with its good answers as they are stored."""

    part: Part
    good: frozenset[object]

    @property
    def key(self) -> tuple[str, str]:
        """The question's name, and that of the row or nothing."""
        return self.part.question.name, self.part.row.name if self.part.row else ""


@dataclass(frozen=True, slots=True)
class Table:
    """People of one stratum: by whether they found a topic good, and whether they were satisfied."""

    good_satisfied: int
    good_not: int
    poor_satisfied: int
    poor_not: int


class JointLayout:
    """Where each joint counter of a survey version stands in its vector. Made once, used for every response."""

    def __init__(self, definition: SurveyDefinition, reading: SurveyReading) -> None:
        self._main = main_question(definition)
        self.topics = tuple(_topics(definition, reading, self._main.name)) if self._main else ()
        self.length = len(self.topics) * STRATA * CELLS

    def __bool__(self) -> bool:
        """Whether there is anything to be counted: a main question and topics beside it."""
        return len(self.topics) >= FEWEST_TOPICS

    @cached_property
    def name(self) -> str:
        """SHA-256 of what is counted, in hexadecimal: vectors of one name may be added up, others never."""
        main = self._main.name if self._main else None
        topics = [[*topic.part.identity, sorted(map(str, topic.good))] for topic in self.topics]
        return hashlib.sha256(json.dumps([main, topics], ensure_ascii=False).encode()).hexdigest()

    def count(self, responses: Iterable[JsonObject]) -> list[int]:
        """The vector of these responses. Who left out the main question, or all other topics, is in no table of it."""
        vector = [0] * self.length
        main = self._main.name if self._main else ""
        for answers in responses:
            satisfied = _is_good_step(answers.get(main))
            if satisfied is None:
                continue
            found = [_is_good(topic, answers) for topic in self.topics]
            good, answered = found.count(True), len(found) - found.count(None)
            for place, is_good in enumerate(found):
                if is_good is not None and answered > 1:
                    stratum = _stratum(good - is_good, answered - 1)
                    vector[(place * STRATA + stratum) * CELLS + 2 * (not is_good) + (not satisfied)] += 1
        return vector

    def read(self, vector: Sequence[int]) -> list[tuple[Topic, tuple[Table, ...]]]:
        """The tables of each topic, one a stratum, in the order of the questionnaire."""
        tables = [Table(*vector[at : at + CELLS]) for at in range(0, self.length, CELLS)]
        return [(topic, tuple(tables[at * STRATA : (at + 1) * STRATA])) for at, topic in enumerate(self.topics)]


def _topics(definition: SurveyDefinition, reading: SurveyReading, main: str) -> Iterable[Topic]:
    for part in parts_of(definition):
        match part.question.type:
            case QuestionType.SCALE | QuestionType.GRID:
                if part.question.name != main:
                    yield Topic(part, frozenset(map(int, GOOD_STEPS)))
            case QuestionType.SELECT_ONE:
                if good := reading.good.get(part.question.name):
                    yield Topic(part, frozenset(good))


def _is_good(topic: Topic, answers: JsonObject) -> bool | None:
    """None where it was not answered."""
    value: object = answers.get(topic.part.question.name)
    if topic.part.row is not None:
        value = value.get(topic.part.row.name) if isinstance(value, Mapping) else None
    if topic.part.question.type is QuestionType.SELECT_ONE:
        return value in topic.good if isinstance(value, str) and value in topic.part.cells else None
    return _is_good_step(value)


def _is_good_step(value: object) -> bool | None:
    """Whether a step of a scale is a good one; True equals 1 as a key, and is no step of a scale."""
    return str(value) in GOOD_STEPS if type(value) is int and 1 <= value <= 5 else None


def _stratum(good: int, of: int) -> int:
    return min(STRATA - 1, STRATA * good // of)
