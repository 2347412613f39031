"""The sheet "choices": lists of choices, each with its rows."""

import re
from dataclasses import dataclass, field

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.reading import GOOD_STEPS
from app.domain.surveys.survey import Choice
from app.formats.xlsform import problems as fp
from app.formats.xlsform.columns import FormColumns, yes_or_no
from app.formats.xlsform.sheets import SheetRow

CHOICE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
SCALE_NAMES = {"1", "2", "3", "4", "5"}


@dataclass(slots=True)
class ChoiceList:
    name: str
    row: int
    choices: list[Choice] = field(default_factory=list)
    exclusive: list[str] = field(default_factory=list)
    good: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def is_scale(self) -> bool:
        return len(self.choices) == 5 and {choice.name for choice in self.choices} == SCALE_NAMES

    @property
    def good_answers(self) -> tuple[str, ...]:
        """As marked, and of a scale the two best in any case."""
        return GOOD_STEPS if self.is_scale else tuple(self.good)


def read_choices(columns: FormColumns) -> tuple[dict[str, ChoiceList], list[Problem]]:
    """The lists by name, and every problem in the sheet."""
    lists: dict[str, ChoiceList] = {}
    problems: list[Problem] = []
    for needed in ("list_name", "name"):
        if columns.sheet.rows and not columns.has(needed):
            problems.append(fp.at("choices", 1, None, fp.MISSING_COLUMN, name=needed))
    if problems:
        return lists, problems
    for row in columns.sheet.rows:
        if columns.used(row):
            _read_row(columns, row, lists, problems)
    for found in lists.values():
        # Figures of a scale count its two best steps together, whatever a form would like.
        for name in found.good if found.is_scale else ():
            if name not in GOOD_STEPS:
                problems.append(fp.at("choices", found.rows[name], columns.header("good"), fp.GOOD_OF_SCALE))
    return lists, problems


def _read_row(columns: FormColumns, row: SheetRow, lists: dict[str, ChoiceList], problems: list[Problem]) -> None:
    def complain(column: str, type_: ProblemType, **details: object) -> None:
        problems.append(fp.at("choices", row.number, columns.header(column), type_, **details))

    list_name, name = columns.text(row, "list_name"), columns.text(row, "name")
    label = columns.words(row, "label")
    if not list_name:
        complain("list_name", fp.NO_LIST_NAME)
        return
    found = lists.setdefault(list_name, ChoiceList(list_name, row.number))
    if not name:
        complain("name", fp.NO_NAME)
    elif not CHOICE_NAME.fullmatch(name):
        complain("name", fp.BAD_NAME, name=name)
    elif name in found.rows:
        complain("name", fp.DUPLICATE_CHOICE, name=name, first=found.rows[name])
    if not label:
        complain("label", fp.NO_LABEL, name=name)
    found.rows.setdefault(name, row.number)
    found.choices.append(Choice(name, label))
    for column, marked in (("exclusive", found.exclusive), ("good", found.good)):
        written = columns.text(row, column)
        if written and yes_or_no(written) is None:
            complain(column, fp.NOT_YES_OR_NO, value=written)
        elif written and yes_or_no(written):
            marked.append(name)
