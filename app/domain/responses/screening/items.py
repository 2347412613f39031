"""An answer as a row of items, which is all that likeness looks at."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import Answers, AnswerValue, Question, QuestionType, SurveyDefinition

#: of a first page with fewer items honest people must coincide
FEWEST_IN_CORE = 4
#: so many items answered make an answer rich
RICH_FROM = 10

#: what no choice can be called
LEFT = ""
DECLINED = "?"

_FREE = {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE}


@dataclass(frozen=True, slots=True)
class Item:
    """A question, or one row of a grid."""

    question: str
    row: str | None = None

    def value(self, answers: Answers) -> str:
        """What was answered, as one word; a set of several as all of its words."""
        if self.question not in answers:
            return LEFT
        answer = answers[self.question]
        if self.row is not None and isinstance(answer, dict):
            answer = answer.get(self.row, LEFT)
        return _word(answer)


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The items of a survey version, those of its first page before the others.

    `level` is the question about the whole: two answers that differ there are never alike.
    """

    items: tuple[Item, ...]
    in_core: int
    level: Item | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What somebody answered: the first page alone, and all items. `level` is the answer to the main question.

    `rich` says that so many items were answered that the whole row can be compared, too.
    """

    core: tuple[str, ...]
    items: tuple[str, ...]
    level: str
    rich: bool


def item_form(survey: SurveyDefinition) -> ItemForm | None:
    """The items of a survey; None if its first page has so few that likeness says nothing.

    Texts, numbers and dates are no items: honest people coincide in them by what they are asked, or never.
    """
    first, *further = [[item for question in page.questions for item in _items(question)] for page in survey.pages]
    if len(first) < FEWEST_IN_CORE:
        return None
    main = main_question(survey)
    items = (*first, *(item for page in further for item in page))
    return ItemForm(items, len(first), Item(main.name) if main else None)


def item_row(form: ItemForm, answers: Answers) -> ItemRow:
    """The row of stored answers. What was left and "rather not say" are values, and no answers."""
    items = tuple(item.value(answers) for item in form.items)
    answered = sum(value not in (LEFT, DECLINED) for value in items)
    level = form.level.value(answers) if form.level else LEFT
    return ItemRow(items[: form.in_core], items, level, answered >= RICH_FROM)


def _items(question: Question) -> Iterator[Item]:
    if question.type is QuestionType.GRID:
        yield from (Item(question.name, row.name) for row in question.rows)
    elif question.type.takes_answer and question.type not in _FREE:
        yield Item(question.name)


def _word(answer: AnswerValue) -> str:
    if answer is None:
        return DECLINED
    if isinstance(answer, list):
        return " ".join(answer)
    return str(answer)
