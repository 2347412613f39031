"""Checking a response on the server: what is not relevant is dropped, the rest is checked again.

A survey is compiled once; checking twelve answers takes a few microseconds, since it runs for every response.
Nothing here refuses a response: what breaks a rule is named, so that the response can be set aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.json_value import JsonObject
from app.domain.problem import ProblemType
from app.domain.responses.canonical_answers import Canonical, NotAnAnswer, canonical_form
from app.domain.surveys.answer_values import Publish, publisher
from app.domain.surveys.expressions import TODAY, Condition, Scope, Value, asks_for_day, compile_condition, names_in
from app.domain.surveys.survey import Answers, AnswerValue, Question, QuestionType, SurveyDefinition, Texts, Tree
from app.domain.surveys.walk import conditions_of, in_order_of_need

REQUIRED = ProblemType("answer.required", 422, "Please answer this question, or choose “rather not say”.")
CONSTRAINT = ProblemType("answer.constraint", 422, "This answer does not fit the question.")
EXCLUSIVE = ProblemType(
    "answer.exclusive",
    422,
    "One of the answers you chose means “none of these”: please choose either it or the others.",
)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule of the survey that an answer breaks. `words` is the author's own message, where there is one."""

    question: str
    type: ProblemType
    details: Mapping[str, object] = field(default_factory=dict)
    words: Texts | None = None

    @property
    def code(self) -> str:
        return self.type.code

    @property
    def msgid(self) -> str:
        return self.type.message


@dataclass(frozen=True, slots=True)
class CheckedAnswers:
    """What holds of a response: canonical answers to relevant questions, in the survey's order.

    An answer that breaks a constraint stays among `answers`; what is no answer at all to its question does
    not. `dropped` names the answers to questions that were not relevant or that the survey does not ask.
    """

    answers: dict[str, AnswerValue]
    broken: tuple[BrokenRule, ...]
    dropped: tuple[str, ...]

    @property
    def misfits(self) -> int:
        return len(self.broken) + len(self.dropped)


@dataclass(frozen=True, slots=True)
class _Step:
    """One question, ready to run. `publish` puts its value where expressions look, if any looks."""

    name: str
    canonical: Canonical
    relevant: Condition | None
    publish: Publish | None
    always_required: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is checked once all answers are known: a question's conditions may look forward."""

    name: str
    required: Condition | None
    constraint: Condition | None
    words: Texts | None
    exclusive: frozenset[str]
    rows: int


def text_questions(definition: SurveyDefinition) -> frozenset[str]:
    """The names of those that are answered by a text."""
    return frozenset(question.name for question in definition.questions() if question.type.is_free_text)


class CompiledSurvey:
    """A survey definition, ready to check responses. Safe to share between threads."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        #: the questions that are answered by a text
        self.texts = text_questions(definition)
        conditions = conditions_of(definition)
        asked = [question for question in definition.questions() if question.type.takes_answer]
        trees = _trees(definition)
        watched: set[tuple[str, ...]] = set().union(*map(names_in, trees))
        ordered = in_order_of_need(asked, conditions)
        self._in_place = ordered == asked
        self._asks_for_day = any(map(asks_for_day, trees))
        self._names = tuple(question.name for question in asked)
        self._steps = tuple(_step(question, conditions.get(question.name), watched) for question in ordered)
        self._rules = tuple(rule for question in asked if (rule := _rule(question)))

    def check(self, answers: JsonObject, today: date) -> CheckedAnswers:
        """Drop what is not relevant, bring the rest into canonical form and name every broken rule.

        `today` is the day in India on which the survey was answered, for expressions that ask.
        """
        scope: dict[str, Value] = {TODAY: today.isoformat()}
        kept: dict[str, AnswerValue] = {}
        broken: list[BrokenRule] = []
        dropped: list[str] = []
        missing: list[str] = []
        met = 0
        for step in self._steps:
            name = step.name
            given = name in answers
            met += given
            if step.relevant is not None and not step.relevant(scope):
                if given:
                    dropped.append(name)
                continue
            if given:
                raw = answers[name]
                if raw is None:
                    kept[name] = None
                    continue
                try:
                    value = step.canonical(raw)
                except NotAnAnswer as refusal:
                    broken.append(BrokenRule(name, refusal.type, refusal.details))
                    value = refusal.kept
                    if value is None:
                        continue
                if value is not None:
                    kept[name] = value
                    if step.publish is not None:
                        step.publish(scope, value)
                    continue
            missing.append(name)
            if step.always_required:
                broken.append(BrokenRule(name, REQUIRED))
        if met < len(answers):
            dropped.extend(str(name) for name in answers if name not in self._names)
        for rule in self._rules:
            _apply(rule, scope, kept, missing, broken)
        if not self._in_place:
            kept = {name: kept[name] for name in self._names if name in kept}
        return CheckedAnswers(kept, tuple(broken), tuple(dropped))

    def check_between(self, answers: JsonObject, first_on: date, last_on: date) -> CheckedAnswers:
        """The check on that day, of those from the first to the last, on which the rules hold best.

        Only the week of an answer is known, and a rule that asks for the day holds if it held on the day of answering.
        One day is taken for all rules: the one that leaves the fewest answers dropped and rules broken, of equals the
        latest. Where no rule asks, that is the last.
        """
        best = self.check(answers, last_on)
        if self._asks_for_day:
            day = last_on
            while best.misfits and day > first_on:
                day -= ONE_DAY
                best = min(best, self.check(answers, day), key=lambda checked: checked.misfits)
        return best

    def asked(self, answers: JsonObject, today: date) -> frozenset[str]:
        """The questions that are relevant to somebody who gave these (checked) answers."""
        scope: dict[str, Value] = {TODAY: today.isoformat()}
        found = []
        for step in self._steps:
            if step.relevant is not None and not step.relevant(scope):
                continue
            found.append(step.name)
            value = answers.get(step.name)
            if value is not None and step.publish is not None:
                step.publish(scope, value)
        return frozenset(found)


def compile_survey(definition: SurveyDefinition) -> CompiledSurvey:
    """Compile a definition. Problem `survey.circle` if a question's relevance depends on its own answer."""
    return CompiledSurvey(definition)


def _apply(rule: _Rule, scope: Scope, kept: Answers, missing: list[str], broken: list[BrokenRule]) -> None:
    value = kept.get(rule.name)
    if value is None:
        if rule.required is not None and rule.name in missing and rule.required(scope):
            broken.append(BrokenRule(rule.name, REQUIRED))
        return
    if rule.constraint is not None and not rule.constraint(scope):
        broken.append(BrokenRule(rule.name, CONSTRAINT, words=rule.words))
    if rule.exclusive and isinstance(value, list) and len(value) > 1 and not rule.exclusive.isdisjoint(value):
        broken.append(BrokenRule(rule.name, EXCLUSIVE))
    if isinstance(value, dict) and rule.rows > len(value) and (rule.required is None or rule.required(scope)):
        broken.append(BrokenRule(rule.name, REQUIRED))


def _trees(definition: SurveyDefinition) -> list[Tree]:
    trees: list[Tree | bool | None] = [page.relevant for page in definition.pages]
    for question in definition.questions():
        trees += [question.relevant, question.required, question.constraint]
    return [tree for tree in trees if isinstance(tree, list)]


def _step(question: Question, relevant: Tree | None, watched: set[tuple[str, ...]]) -> _Step:
    return _Step(
        question.name,
        canonical_form(question),
        None if relevant is None else compile_condition(relevant, question.name),
        _publisher(question, watched),
        question.required is True,
    )


def _publisher(question: Question, watched: set[tuple[str, ...]]) -> Publish | None:
    name = question.name
    if question.type is QuestionType.GRID:
        looked_at = any((name, row.name) in watched for row in question.rows)
    else:
        looked_at = (name,) in watched or question.constraint is not None
    return publisher(question) if looked_at else None


def _rule(question: Question) -> _Rule | None:
    required, constraint = question.required, question.constraint
    rule = _Rule(
        question.name,
        compile_condition(required, question.name) if isinstance(required, list) else None,
        None if constraint is None else compile_condition(constraint, question.name),
        question.constraint_message,
        frozenset(question.exclusive),
        len(question.rows) if required else 0,
    )
    return rule if rule.required or rule.constraint or rule.exclusive or rule.rows else None
