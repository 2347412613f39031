"""The sheet "survey": groups become pages, table-lists become grids, all other rows are questions."""

from dataclasses import dataclass, field

from app.domain.problem import Problem
from app.domain.surveys.survey import Page, QuestionType, Texts, Tree
from app.formats.xlsform import problems as fp
from app.formats.xlsform.columns import yes_or_no
from app.formats.xlsform.rows import QuestionDraft, RowReader
from app.formats.xlsform.sheets import SheetRow
from app.formats.xlsform.types import RowType, Structure, UnsupportedType, row_type

GRID = "table-list"
#: the page of a form, or of a part of it, that has no groups
CORE = "core"
_RULES_OF_ONE_ROW = ("relevant", "constraint", "key")


@dataclass(slots=True)
class PageDraft:
    row: int
    name: str
    title: Texts | None = None
    relevant: Tree | None = None
    drafts: list[QuestionDraft] = field(default_factory=list)

    def page(self) -> Page:
        questions = tuple(draft.question() for draft in self.drafts)
        return Page(self.name, questions, self.title, self.relevant)


class PagesReader:
    """Walks the rows once. Problems gather in `reader.problems`."""

    def __init__(self, reader: RowReader) -> None:
        self.reader = reader
        self.pages: list[PageDraft] = []
        self.warnings: list[Problem] = []
        self._names: dict[str, int] = {}
        #: what is open, outermost first; a nested group that was refused is open too, as None
        self._open: list[PageDraft | QuestionDraft | None] = []
        self._loose: PageDraft | None = None

    def read(self) -> list[PageDraft]:
        columns = self.reader.columns
        for row in columns.sheet.rows:
            if columns.used(row) and not yes_or_no(columns.text(row, "disabled")):
                self._take(row)
        for item in self._open:
            if item is not None:
                self.reader.problems.append(
                    fp.at("survey", item.row, columns.header("type"), fp.UNCLOSED_GROUP, name=item.name)
                )
        self._name_loose_pages()
        return self.pages

    def _name_loose_pages(self) -> None:
        """Name the pages that no group names, once all other names are known."""
        for number, page in enumerate(self.pages, start=1):
            if not page.name:
                page.name = CORE if number == 1 else f"page_{number}"
                while page.name in self._names:
                    page.name += "_"

    def _take(self, row: SheetRow) -> None:
        cell = self.reader.columns.text(row, "type")
        if not cell:
            self.reader.complain(row, "type", fp.NO_TYPE)
            return
        found = row_type(cell)
        if isinstance(found, UnsupportedType):
            self.reader.complain(row, "type", found.problem, **found.details)
            self._remember(row, self.reader.columns.text(row, "name"))
        elif found.meaning is Structure.BEGIN_GROUP:
            self._begin(row)
        elif found.meaning is Structure.END_GROUP:
            self._end(row)
        else:
            self._add(row, found)

    def _begin(self, row: SheetRow) -> None:
        if GRID in self.reader.columns.text(row, "appearance").lower().split():
            self._begin_grid(row)
        elif self._open:
            self.reader.complain(row, "type", fp.NESTED_GROUP)
            self._open.append(None)
        else:
            name = self.reader.name(row)
            self._remember(row, name)
            title = self.reader.columns.words(row, "label") or None
            if self.reader.columns.words(row, "said"):
                self.reader.complain(row, "said", fp.SAID_WITHOUT_GOOD, name=name)
            page = PageDraft(row.number, name, title, self.reader.condition(row, "relevant"))
            self.pages.append(page)
            self._open.append(page)
            self._loose = None

    def _begin_grid(self, row: SheetRow) -> None:
        if any(isinstance(item, QuestionDraft) for item in self._open):
            self.reader.complain(row, "type", fp.NESTED_GROUP)
            self._open.append(None)
            return
        cells = {
            header: text for header, text in row.cells.items() if header != self.reader.columns.header("appearance")
        }
        draft = self.reader.question(SheetRow(row.number, cells), RowType(QuestionType.GRID), in_grid=False)
        self._remember(row, draft.name)
        self._page(row).drafts.append(draft)
        self._open.append(draft)

    def _end(self, row: SheetRow) -> None:
        if not self._open:
            self.reader.complain(row, "type", fp.UNOPENED_GROUP)
            return
        ended = self._open.pop()
        if isinstance(ended, QuestionDraft) and not ended.rows:
            self.reader.complain(row, "type", fp.EMPTY_GROUP, name=ended.name)
        if isinstance(ended, PageDraft) and not ended.drafts:
            self.reader.complain(row, "type", fp.EMPTY_GROUP, name=ended.name)

    def _add(self, row: SheetRow, found: RowType) -> None:
        grid = next((item for item in reversed(self._open) if isinstance(item, QuestionDraft)), None)
        draft = self.reader.question(row, found, in_grid=grid is not None)
        self._remember(row, draft.name)
        if grid is None:
            self._page(row).drafts.append(draft)
        else:
            self._add_to_grid(row, grid, draft)

    def _add_to_grid(self, row: SheetRow, grid: QuestionDraft, draft: QuestionDraft) -> None:
        if draft.type is not QuestionType.SELECT_ONE or grid.list_name not in ("", draft.list_name):
            self.reader.complain(row, "type", fp.GRID_ROW_TYPE)
            return
        if not grid.list_name:
            grid.list_name, grid.choices = draft.list_name, draft.choices
            if draft.choices and {choice.name for choice in draft.choices} != {"1", "2", "3", "4", "5"}:
                self.reader.complain(row, "type", fp.SCALE_LIST)
        for column in _RULES_OF_ONE_ROW:
            if column in self.reader.columns.used(row):
                self.reader.complain(row, column, fp.GRID_ROW_RULE)
        if draft.said:
            header = self.reader.columns.header("said")
            self.reader.complain(row, "said", fp.COLUMN_NOT_HERE, name=header, type=GRID)
        # XLSForm puts "required" on the rows of a table-list; here the grid is asked as one.
        grid.required = grid.required or draft.required
        grid.rows.append(draft)

    def _page(self, row: SheetRow) -> PageDraft:
        page = next((item for item in self._open if isinstance(item, PageDraft)), None) or self._loose
        if page is None:
            page = self._loose = PageDraft(row.number, "")
            self.pages.append(page)
        return page

    def _remember(self, row: SheetRow, name: str) -> None:
        if not name:
            return
        if name in self._names:
            self.reader.complain(row, "name", fp.DUPLICATE_NAME, name=name, first=self._names[name])
        self._names.setdefault(name, row.number)
