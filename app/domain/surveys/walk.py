"""Which questions a page of a survey shows, given the answers so far, and which page comes next.

For pages that are made on the server: a question whose relevance depends on another one of the same page is
shown there, because no script can show it later. What turns out not to be relevant is dropped when it is sent.
"""

from datetime import date

from app.domain.surveys.answer_values import publisher
from app.domain.surveys.expressions import TODAY, Condition, Scope, Value, compile_condition, names_in
from app.domain.surveys.survey import Answers, Page, Question, SurveyDefinition


class SurveyWalk:
    """The way through one survey. Safe to share between threads."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        self._pages = [_condition(page) for page in definition.pages]
        self._questions = {question.name: _condition(question) for question in definition.questions()}
        self._publish = {question.name: publisher(question) for question in definition.questions()}
        self._depends_on_own_page = {
            question.name for page in definition.pages for question in page.questions if _looks_at(question, page)
        }

    def shown(self, at: int, answers: Answers, today: date) -> tuple[Question, ...]:
        """The questions of page `at`, from 0; none if the page itself is not relevant."""
        scope = self._scope(answers, today)
        page_holds = self._pages[at]
        if page_holds is not None and not page_holds(scope):
            return ()
        return tuple(
            question
            for question in self.definition.pages[at].asked
            if question.name in self._depends_on_own_page or self._holds(question.name, scope)
        )

    def following(self, at: int, answers: Answers, today: date) -> int | None:
        """The next page that asks something, or None after the last."""
        pages = range(at + 1, len(self._pages))
        return next((page for page in pages if self._asks(page, answers, today)), None)

    def preceding(self, at: int, answers: Answers, today: date) -> int | None:
        """The page before that asks something, or None before the first."""
        return next((page for page in range(at - 1, -1, -1) if self._asks(page, answers, today)), None)

    def relevant(self, answers: Answers, today: date) -> frozenset[str]:
        """The names of all questions that these answers leave to be asked."""
        scope = self._scope(answers, today)
        return frozenset(
            question.name
            for page, holds in zip(self.definition.pages, self._pages, strict=True)
            if holds is None or holds(scope)
            for question in page.asked
            if self._holds(question.name, scope)
        )

    def page_of(self, name: str) -> int:
        """The page that asks this question."""
        return next(
            at for at, page in enumerate(self.definition.pages) if any(name == asked.name for asked in page.questions)
        )

    def _asks(self, at: int, answers: Answers, today: date) -> bool:
        return any(question.type.takes_answer for question in self.shown(at, answers, today))

    def _holds(self, name: str, scope: Scope) -> bool:
        condition = self._questions[name]
        return condition is None or condition(scope)

    def _scope(self, answers: Answers, today: date) -> dict[str, Value]:
        scope: dict[str, Value] = {TODAY: today.isoformat()}
        for name, publish in self._publish.items():
            value = answers.get(name)
            if value is not None:
                publish(scope, value)
        return scope


def _condition(part: Page | Question) -> Condition | None:
    return None if part.relevant is None else compile_condition(part.relevant)


def _looks_at(question: Question, page: Page) -> bool:
    if question.relevant is None:
        return False
    own = {other.name for other in page.questions}
    return any(name[0] in own for name in names_in(question.relevant))
