"""The counters of a survey version: one vector of whole numbers that adds up over responses and places.

A vector begins with the number of responses. Then, for every question that takes an answer, and for every row
of a grid, four counters (asked, answered, declined, left unanswered) and one for each answer that can be told
apart. Numbers are counted in ranges and never summed: a sum gives away the single value that changed it. Of
dates and texts only that they were answered is counted.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.json_value import JsonObject
from app.domain.surveys.survey import Choice, Question, QuestionType, SurveyDefinition

SCALE_STEPS = (1, 2, 3, 4, 5)
#: lower ends of the ranges that numbers are counted in; what is below the first has a range of its own
RANGE_STARTS = (0, 1, 5, 10, 20, 50, 100, 200, 500, 1000)
BELOW_RANGES = "below"

#: which of the questions with a condition a response was asked
Asked = Callable[[JsonObject], Collection[str]]
_ASKED, _ANSWERED, _DECLINED, _UNANSWERED, _CELLS = range(5)


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or one row of a grid, and where its counters begin."""

    question: Question
    row: Choice | None
    offset: int
    cells: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, str, str, tuple[str, ...]]:
        """Equal for parts of two versions whose counts may be added up: same question, same answers."""
        return self.question.name, self.row.name if self.row else "", self.question.type.value, self.cells


@dataclass(frozen=True, slots=True)
class PartCounts:
    """The counts of one part; `cells` in the order of the questionnaire."""

    asked: int
    answered: int
    declined: int
    unanswered: int
    cells: Mapping[str, int]


class CounterLayout:
    """Where each counter of a survey version stands in the vector. Made once, used for every response."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.parts = tuple(parts_of(definition))
        self._by_identity = {part.identity: part for part in self.parts}
        self.length = 1 + sum(_CELLS + len(part.cells) for part in self.parts)
        self._core = frozenset(question.name for question in definition.pages[0].questions)
        self._conditional = _conditional(definition)
        self._tellers = {
            name: _teller([part for part in self.parts if part.question.name == name])
            for name in {part.question.name for part in self.parts}
        }

    def count(self, responses: Iterable[JsonObject], asked: Asked | None = None) -> list[int]:
        """The vector of these responses.

        A question with a condition was asked if `asked` names it, or if it was answered or declined. The
        pages after the core were asked of those who left a mark on any of them: whoever stopped after the
        core leaves none, and cannot be told from someone who went on and passed over everything.
        """
        vector = [0] * self.length
        tellers, core = self._tellers, self._core
        seen = went_on = 0
        asked_of: dict[str, int] = dict.fromkeys(self._conditional, 0)
        for answers in responses:
            seen += 1
            further = False
            for name, value in answers.items():
                tell = tellers.get(name)
                if tell is None:
                    continue
                tell(value, vector)
                if name not in core:
                    further = True
            went_on += further
            if asked_of:
                for name in self._conditions_met(answers, asked, further):
                    asked_of[name] += 1
        vector[0] = seen
        self._complete(vector, seen, went_on, asked_of)
        return vector

    def read(self, vector: Sequence[int]) -> list[tuple[Part, PartCounts]]:
        """The counts of each part, in the order of the questionnaire."""
        return [(part, _counts(part, vector)) for part in self.parts]

    def read_same(self, part: Part, vector: Sequence[int]) -> PartCounts | None:
        """The counts of what asks the same as a part of another version, or of this one; None if nothing does."""
        own = self._by_identity.get(part.identity)
        return None if own is None else _counts(own, vector)

    def _conditions_met(self, answers: JsonObject, asked: Asked | None, further: bool) -> set[str]:
        met = {name for name in self._conditional if name in answers}
        if asked is not None:
            reached = (name for name in asked(answers) if further or name in self._core)
            met.update(self._conditional.intersection(reached))
        return met

    def _complete(self, vector: list[int], seen: int, went_on: int, asked_of: Mapping[str, int]) -> None:
        """Fill in who was asked, and from that who left it unanswered."""
        for part in self.parts:
            name = part.question.name
            asked = asked_of.get(name, seen if name in self._core else went_on)
            vector[part.offset + _ASKED] = asked
            told = vector[part.offset + _ANSWERED] + vector[part.offset + _DECLINED]
            vector[part.offset + _UNANSWERED] = max(0, asked - told)


def pack(vector: Sequence[int]) -> bytes:
    """The vector as little-endian unsigned 32-bit numbers."""
    return struct.pack(f"<{len(vector)}I", *vector)


def unpack(counters: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(counters) // 4}I", counters)


def add(vectors: Iterable[Sequence[int]]) -> list[int]:
    """The sum of vectors of one layout; ValueError if they differ in length."""
    return [sum(column) for column in zip(*vectors, strict=True)]


def cells_of(question: Question) -> tuple[str, ...]:
    """The names of the answers that are counted apart."""
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE:
            return tuple(choice.name for choice in question.choices)
        case QuestionType.SCALE | QuestionType.GRID:
            return tuple(map(str, SCALE_STEPS))
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return (BELOW_RANGES, *map(str, RANGE_STARTS))
    return ()


def parts_of(definition: SurveyDefinition) -> Iterable[Part]:
    """Everything that is counted by itself, in the order of the questionnaire."""
    offset = 1
    for question in definition.questions():
        if not question.type.takes_answer:
            continue
        cells = cells_of(question)
        rows: tuple[Choice | None, ...] = question.rows if question.type is QuestionType.GRID else (None,)
        for row in rows:
            yield Part(question, row, offset, cells)
            offset += _CELLS + len(cells)


def _counts(part: Part, vector: Sequence[int]) -> PartCounts:
    asked, answered, declined, unanswered = vector[part.offset : part.offset + _CELLS]
    cells = dict(zip(part.cells, vector[part.offset + _CELLS :], strict=False))
    return PartCounts(asked, answered, declined, unanswered, cells)


def _conditional(definition: SurveyDefinition) -> frozenset[str]:
    return frozenset(
        question.name
        for page in definition.pages
        for question in page.questions
        if question.type.takes_answer and (page.relevant is not None or question.relevant is not None)
    )


def _teller(parts: Sequence[Part]) -> Callable[[object, list[int]], None]:
    """What adds one value of a question to the vector. A value that is no answer counts as none given."""
    question = parts[0].question
    if question.type is QuestionType.GRID:
        return _grid_teller(parts)
    match question.type:
        case QuestionType.SELECT_MULTIPLE:
            return _several_teller(parts[0])
        case QuestionType.SELECT_ONE | QuestionType.SCALE:
            return _one_teller(parts[0], _cell_positions(parts[0]))
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return _range_teller(parts[0])
    return _presence_teller(parts[0])


def _cell_positions(part: Part) -> dict[object, int]:
    first = part.offset + _CELLS
    if part.question.type in (QuestionType.SCALE, QuestionType.GRID):
        return {step: first + place for place, step in enumerate(SCALE_STEPS)}
    return {cell: first + place for place, cell in enumerate(part.cells)}


def _one_teller(part: Part, positions: dict[object, int]) -> Callable[[object, list[int]], None]:
    answered, declined = part.offset + _ANSWERED, part.offset + _DECLINED
    kind = type(next(iter(positions), None))

    def tell(value: object, vector: list[int]) -> None:
        if value is None:
            vector[declined] += 1
        # True equals 1 as a key, and is no step of a scale.
        elif type(value) is kind and (position := positions.get(value)) is not None:
            vector[answered] += 1
            vector[position] += 1

    return tell


def _several_teller(part: Part) -> Callable[[object, list[int]], None]:
    positions = _cell_positions(part)
    answered, declined = part.offset + _ANSWERED, part.offset + _DECLINED

    def tell(value: object, vector: list[int]) -> None:
        if value is None:
            vector[declined] += 1
        elif isinstance(value, list):
            known = {positions[name] for name in value if isinstance(name, str) and name in positions}
            vector[answered] += bool(known)
            for position in known:
                vector[position] += 1

    return tell


def _range_teller(part: Part) -> Callable[[object, list[int]], None]:
    answered, declined, first = part.offset + _ANSWERED, part.offset + _DECLINED, part.offset + _CELLS

    def tell(value: object, vector: list[int]) -> None:
        if value is None:
            vector[declined] += 1
            return
        try:
            number = float(value) if type(value) in (int, float, str) else None  # type: ignore[arg-type]
        except (ValueError, OverflowError):
            return
        if number is not None and number == number:
            vector[answered] += 1
            vector[first + bisect_right(RANGE_STARTS, number)] += 1

    return tell


def _presence_teller(part: Part) -> Callable[[object, list[int]], None]:
    answered, declined = part.offset + _ANSWERED, part.offset + _DECLINED

    def tell(value: object, vector: list[int]) -> None:
        vector[declined if value is None else answered] += 1

    return tell


def _grid_teller(parts: Sequence[Part]) -> Callable[[object, list[int]], None]:
    tellers = {part.row.name: _one_teller(part, _cell_positions(part)) for part in parts if part.row}

    def tell(value: object, vector: list[int]) -> None:
        if value is None:
            for tell_row in tellers.values():
                tell_row(None, vector)
        elif isinstance(value, Mapping):
            for row, step in value.items():
                if row in tellers:
                    tellers[row](step, vector)

    return tell
