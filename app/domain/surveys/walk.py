"""Which questions a page of a survey shows, given the answers so far, and which page comes next.

For pages that are made on the server: a question whose relevance depends on another one of the same page is
shown there, because no script can show it later. What turns out not to be relevant is dropped when it is sent. A
note is shown only where it applies to what was answered before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.answer_values import Publish, publisher
from app.domain.surveys.expressions import TODAY, Condition, Scope, Value, compile_condition, names_in
from app.domain.surveys.survey import Answers, Question, SurveyDefinition, Tree, parts_of

CIRCLE = ProblemType(
    "survey.circle", 422, "Whether the question “%(question)s” is asked depends, in a circle, on its own answer."
)


@dataclass(frozen=True, slots=True)
class _Step:
    question: Question
    tree: Tree
    holds: Condition
    publish: Publish


class SurveyWalk:
    """The way through one survey. Safe to share between threads."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        conditions = conditions_of(definition)
        asked = in_order_of_need((each for each in definition.questions() if each.type.takes_answer), conditions)
        notes = (each for each in definition.questions() if not each.type.takes_answer)
        self._steps = [_step(question, conditions.get(question.name, ["true"])) for question in (*asked, *notes)]

    def shown(self, at: int, answers: Answers, today: date) -> tuple[Question, ...]:
        """The questions of page `at`, from 0; none if the page itself is not relevant."""
        page = self.definition.pages[at]
        holding, scope = self._walk(answers, today)
        own = {question.name for question in page.asked}
        open_: set[str] = set()
        for step in self._steps:
            question = step.question
            if question.name in own and question.type.takes_answer and _may_hold(step.tree, scope, open_):
                open_.add(question.name)
        return tuple(question for question in page.asked if question.name in open_ | holding)

    def following(self, at: int, answers: Answers, today: date) -> int | None:
        """The next page that asks something, or None after the last."""
        pages = range(at + 1, len(self.definition.pages))
        return next((page for page in pages if self._asks(page, answers, today)), None)

    def preceding(self, at: int, answers: Answers, today: date) -> int | None:
        """The page before that asks something, or None before the first."""
        return next((page for page in range(at - 1, -1, -1) if self._asks(page, answers, today)), None)

    def relevant(self, answers: Answers, today: date) -> frozenset[str]:
        """The names of all questions and notes that these answers leave to be asked and told.

        An answer to a question that is not asked itself is the ground of nothing.
        """
        return self._walk(answers, today)[0]

    def page_of(self, name: str) -> int:
        """The page that asks this question."""
        return next(
            at for at, page in enumerate(self.definition.pages) if any(name == asked.name for asked in page.questions)
        )

    def _asks(self, at: int, answers: Answers, today: date) -> bool:
        return any(question.type.takes_answer for question in self.shown(at, answers, today))

    def _walk(self, answers: Answers, today: date) -> tuple[frozenset[str], Scope]:
        scope: dict[str, Value] = {TODAY: today.isoformat()}
        holding = []
        for step in self._steps:
            if step.holds(scope):
                name = step.question.name
                holding.append(name)
                value = answers.get(name)
                if value is not None:
                    step.publish(scope, value)
        return frozenset(holding), scope


def conditions_of(definition: SurveyDefinition) -> dict[str, Tree]:
    """Whether each question is asked: what its page says and what it says itself."""
    conditions: dict[str, Tree] = {}
    for page in definition.pages:
        for question in page.questions:
            trees = [tree for tree in (page.relevant, question.relevant) if tree is not None]
            if trees:
                conditions[question.name] = trees[0] if len(trees) == 1 else ["and", *trees]
    return conditions


def in_order_of_need(asked: Iterable[Question], conditions: Mapping[str, Tree]) -> list[Question]:
    """The questions, each after those that its relevance depends on; in the survey's order where possible.

    Problem `survey.circle` if a question's relevance depends on its own answer.
    """
    by_name = {question.name: question for question in asked}
    ordered: dict[str, Question] = {}
    pending: set[str] = set()

    def place(name: str) -> None:
        if name in ordered or name not in by_name:
            return
        if name in pending:
            raise Problem(CIRCLE, question=name)
        pending.add(name)
        for needed in sorted(names_in(conditions.get(name, ["true"]))):
            place(needed[0])
        ordered[name] = by_name[name]

    for name in by_name:
        place(name)
    return list(ordered.values())


def _step(question: Question, tree: Tree) -> _Step:
    return _Step(question, tree, compile_condition(tree), publisher(question))


def _may_hold(tree: Tree, scope: Scope, open_: Collection[str], wanted: bool = True) -> bool:
    """Whether the tree may come to hold, or not to, by answers to the open questions; the others are settled."""
    head, _, operands = parts_of(tree)
    if not any(name[0] in open_ for name in names_in(tree)):
        return compile_condition(tree)(scope) is wanted
    if head in ("and", "or"):
        # All must hold for "and" to hold; one must fail for it to fail.
        every = all if (head == "and") is wanted else any
        return every(_may_hold(operand, scope, open_, wanted) for operand in operands)
    if head == "not":
        return _may_hold(operands[0], scope, open_, not wanted)
    return True
