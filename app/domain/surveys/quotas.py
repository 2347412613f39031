"""Quotas of a survey by interview: how many households of each kind headquarters wants to hear.

A cell is a combination of choices, one for each of up to three questions, such as woman, 18 to 29, village.
Quotas name questions, not a version of them, so that they outlive a new wording.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.domain.json_value import JsonObject
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition, Texts, in_language

MOST_QUESTIONS = 3
#: more cells than this are no plan that anybody could carry out
MOST_CELLS = 240
MOST_TARGET = 100_000

NO_QUESTION = ProblemType("quota.no_question", 422, "Please choose at least one question.")
TOO_MANY_QUESTIONS = ProblemType("quota.too_many_questions", 422, "At most %(most)s questions, each only once.")
QUESTION_UNKNOWN = ProblemType(
    "quota.question_unknown", 422, "The published questionnaire has no question “%(question)s”."
)
NOT_ONE_CHOICE = ProblemType(
    "quota.not_one_choice", 422, "“%(question)s” is no question with exactly one choice, so it makes no groups."
)
TOO_MANY_CELLS = ProblemType(
    "quota.too_many_cells", 422, "These questions make %(cells)s groups. At most %(most)s can be counted apart."
)
CELL_UNKNOWN = ProblemType("quota.cell_unknown", 422, "The questions have no such group: %(cell)s.")
TARGET_OUT_OF_RANGE = ProblemType(
    "quota.target_out_of_range", 422, "A target is a whole number from 0 to %(most)s, not %(target)s."
)

#: names of choices, in the order of the questions
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotas:
    """What is wanted: a target above zero for each cell that has one."""

    questions: tuple[str, ...]
    targets: Mapping[Cell, int]

    def cell_of(self, answers: JsonObject) -> Cell | None:
        """The cell of a response; None if a question was left open or its cell has no target."""
        # In an older wording the question may have taken several choices: a list is no choice.
        cell = tuple(str(answers.get(question, "")) for question in self.questions)
        return cell if cell in self.targets else None

    def progress(self, responses: Iterable[JsonObject]) -> "Progress":
        """How far these responses bring it."""
        counted = Counter(self.cell_of(answers) for answers in responses)
        beside = counted.pop(None, 0)
        return Progress({cell: counted[cell] for cell in self.targets if cell in counted}, beside)


@dataclass(frozen=True, slots=True)
class Progress:
    """Responses by cell, and how many fell beside all cells."""

    counted: Mapping[Cell, int]
    beside: int

    @property
    def responses(self) -> int:
        return sum(self.counted.values()) + self.beside


@dataclass(frozen=True, slots=True)
class QuotaCount:
    """One group: its choices, in words, what is wanted and what is there."""

    cell: Cell
    words: tuple[Texts, ...]
    target: int
    counted: int

    @property
    def missing(self) -> int:
        return max(0, self.target - self.counted)


@dataclass(frozen=True, slots=True)
class QuotaReport:
    """How far a survey's interviews have come.

    `questions` in the newest wording that has them; `missing` are those that the present wording no longer asks
    as one choice, so that no new interview fills a group.
    """

    quotas: Quotas
    questions: tuple[Question, ...]
    missing: tuple[str, ...]
    counts: tuple[QuotaCount, ...]
    #: responses in none of the groups
    beside: int

    @property
    def target(self) -> int:
        return sum(count.target for count in self.counts)

    @property
    def counted(self) -> int:
        """Towards the targets: what goes beyond one fills no other."""
        return sum(min(count.counted, count.target) for count in self.counts)


def groupable(definition: SurveyDefinition) -> tuple[Question, ...]:
    """The questions that quotas can be made of."""
    return tuple(question for question in definition.questions() if question.type is QuestionType.SELECT_ONE)


def chosen_questions(definition: SurveyDefinition, names: Sequence[str]) -> tuple[Question, ...]:
    """The questions of these names; problems `quota.…` if they cannot make cells together."""
    if not names:
        raise Problem(NO_QUESTION)
    if len(names) > MOST_QUESTIONS or len(set(names)) < len(names):
        raise Problem(TOO_MANY_QUESTIONS, most=MOST_QUESTIONS)
    known = {question.name: question for question in definition.questions()}
    for name in names:
        if name not in known:
            raise Problem(QUESTION_UNKNOWN, question=name)
        if known[name].type is not QuestionType.SELECT_ONE:
            raise Problem(NOT_ONE_CHOICE, question=name)
    questions = tuple(known[name] for name in names)
    cells = len(cells_of(questions))
    if cells > MOST_CELLS:
        raise Problem(TOO_MANY_CELLS, cells=cells, most=MOST_CELLS)
    return questions


def cells_of(questions: Sequence[Question]) -> tuple[Cell, ...]:
    """Every combination of their choices; the last question changes fastest."""
    return tuple(product(*(tuple(choice.name for choice in question.choices) for question in questions)))


def plan_quotas(definition: SurveyDefinition, names: Sequence[str], targets: Mapping[Cell, int]) -> Quotas:
    """The quotas with these targets, checked against what the survey asks; a target of zero is none."""
    cells = frozenset(cells_of(chosen_questions(definition, names)))
    for cell, target in targets.items():
        if cell not in cells:
            raise Problem(CELL_UNKNOWN, cell=" · ".join(cell))
        if not 0 <= target <= MOST_TARGET:
            raise Problem(TARGET_OUT_OF_RANGE, target=target, most=MOST_TARGET)
    return Quotas(tuple(names), {cell: target for cell, target in targets.items() if target})


def cell_words(cell: Cell, names: Sequence[str], questions: Sequence[Question]) -> tuple[Texts, ...]:
    """The labels of a cell's choices; a choice that is gone keeps its name."""
    known = {question.name: question for question in questions}
    return tuple(_label(known.get(name), choice) for name, choice in zip(names, cell, strict=True))


def describe_cell(words: Sequence[Texts], language: str) -> str:
    return " · ".join(in_language(each, language) for each in words)


def _label(question: Question | None, choice: str) -> Texts:
    labels = {each.name: each.label for each in question.choices} if question else {}
    return labels.get(choice, {"hi": choice, "en": choice})
