"""Invented answers for a demonstration: plausible, and the same for the same seed.

Every invented person has a temper between 0 (everything went badly) and 1. Nothing here is measured on real
people; the shares below are made up so that pages and prints have something to show.
"""

from collections.abc import Mapping, Sequence
from random import Random

from app.domain.surveys.survey import AnswerValue, Question, QuestionType, SurveyDefinition

#: by question and choice: how likely when everything went badly, and when all went well
_TILTS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "purpose": {
        "application": (15, 20),
        "complaint": (30, 18),
        "fir": (22, 10),
        "papers": (12, 30),
        "help": (8, 14),
        "called": (9, 3),
        "never": (2, 1),
        "other": (4, 5),
    },
    "extra_money": {"no": (60, 97), "hinted": (17, 2), "asked": (10, 1), "given": (13, 0)},
    "waiting": {"under_15": (8, 45), "under_60": (25, 40), "under_180": (30, 12), "longer": (25, 3), "never": (12, 0)},
    "taken": {
        "fir_written": (12, 26),
        "complaint_taken": (22, 30),
        "application_taken": (20, 40),
        "elsewhere": (14, 2),
        "later": (18, 2),
        "refused": (14, 0),
    },
    "free_copy": {"free": (35, 88), "paid": (18, 2), "no": (47, 10)},
    "pressure": {"no": (66, 97), "yes": (34, 3)},
    "equal": {"yes": (42, 93), "partly": (34, 6), "no": (24, 1)},
    "watched": {"no": (84, 93), "watching": (7, 3), "asked": (6, 3), "both": (3, 1)},
    "change": {
        "waiting": (45, 22),
        "manners": (40, 8),
        "take_complaints": (48, 10),
        "no_money": (26, 4),
        "explain": (30, 22),
        "updates": (38, 28),
        "special_help": (18, 16),
        "names": (14, 9),
        "facilities": (24, 28),
        "nothing": (2, 30),
    },
}

#: what an answer leans on besides temper: how much each step of a scale answered before, above its middle, adds to it
_LEANS: Mapping[str, Mapping[str, float]] = {"satisfied": {"heard": 0.1}}

DECLINES = 0.03
SKIPS = 0.05
GOES_ON = 0.45


class SyntheticCitizens:
    """Answers a questionnaire again and again, each time as somebody else."""

    def __init__(self, definition: SurveyDefinition, chance: Random) -> None:
        self._core = definition.pages[0].questions
        self._further = tuple(question for page in definition.pages[1:] for question in page.questions)
        self._chance = chance

    def answer(self, temper: float) -> dict[str, AnswerValue]:
        """One person's answers. What was not relevant may be among them: the server drops that."""
        chance = self._chance
        asked = self._core + (self._further if chance.random() < GOES_ON else ())
        answers: dict[str, AnswerValue] = {}
        for question in asked:
            if not question.type.takes_answer or question.type.is_free_text or chance.random() < SKIPS:
                continue
            leaning = _leaning(temper, question.name, answers)
            answers[question.name] = None if chance.random() < DECLINES else self._value(question, leaning)
        return {name: value for name, value in answers.items() if value is None or value != []}

    def _value(self, question: Question, temper: float) -> AnswerValue:
        match question.type:
            case QuestionType.SCALE:
                return self._step(temper)
            case QuestionType.GRID:
                return {row.name: self._step(temper) for row in question.rows}
            case QuestionType.SELECT_ONE:
                return self._one(question, temper)
            case QuestionType.SELECT_MULTIPLE:
                return self._several(question, temper)
            case QuestionType.ACKNOWLEDGE:
                return True
        return None

    def _step(self, temper: float) -> int:
        """One to five; five is the best."""
        return 1 + sum(self._chance.random() < temper for _ in range(4))

    def _one(self, question: Question, temper: float) -> str:
        names = [choice.name for choice in question.choices]
        return self._chance.choices(names, self._weights(question, names, temper))[0]

    def _several(self, question: Question, temper: float) -> list[str]:
        names = [choice.name for choice in question.choices]
        weights = self._weights(question, names, temper)
        chosen = [name for name, weight in zip(names, weights, strict=True) if self._chance.random() * 100 < weight]
        alone = [name for name in chosen if name in question.exclusive]
        return alone[:1] if alone else chosen

    def _weights(self, question: Question, names: Sequence[str], temper: float) -> list[float]:
        tilts = _TILTS.get(question.name, {})
        return [worst + (best - worst) * temper for worst, best in (tilts.get(name, (20, 20)) for name in names)]


def _leaning(temper: float, name: str, answers: Mapping[str, AnswerValue]) -> float:
    """The temper in which a question is answered after those it leans on."""
    for other, weight in _LEANS.get(name, {}).items():
        step = answers.get(other)
        temper += weight * (step - 3) if isinstance(step, int) else 0
    return min(1.0, max(0.0, temper))
