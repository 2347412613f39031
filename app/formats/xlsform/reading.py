"""Reading a survey from an XLSForm (https://xlsform.org), in .xlsx, .xls, .csv, .tsv or .md.

What Samvad adds to the standard: `samvad_kind` in the settings (survey, poll or quiz), the appearance `faces`
for a scale of five, `exclusive` in the choices for "none of these", `key` for the right answer of a quiz, and, kept
outside the fingerprint, `good` in the choices and `said` for the words of people who gave good answers.
What it does not support is refused by name, everything at once.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from app.domain.problem import Problem, ProblemType
from app.domain.responses.answers import compile_survey
from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from app.domain.surveys.survey import QuestionType, SurveyDefinition, SurveyKind, Texts
from app.formats.xlsform import problems as fp
from app.formats.xlsform.choices import ChoiceList, read_choices
from app.formats.xlsform.columns import (
    CHOICE_COLUMNS,
    SETTING_COLUMNS,
    SURVEY_COLUMNS,
    FormColumns,
    is_apart,
    language_code,
)
from app.formats.xlsform.pages import PageDraft, PagesReader
from app.formats.xlsform.references import resolve_references
from app.formats.xlsform.rows import RowReader
from app.formats.xlsform.sheets import Sheet, SheetRow, read_sheets

MAX_QUESTIONS = 300

_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_DEVANAGARI = re.compile("[\u0900-\u097f]")


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a file holds: a definition if there is no problem, and all problems and warnings in any case."""

    definition: SurveyDefinition | None
    slug: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    #: which answers are good and how that is said; empty where the form says nothing of it
    read_as: SurveyReading = NOTHING_READ


def read_form(data: bytes, filename: str) -> FormReading:
    """Read a questionnaire. Never raises: whatever is wrong with the file is among the problems.

    Every problem has `sheet`, `row` and `column` among its details, as far as they apply.
    """
    try:
        sheets = read_sheets(data, filename)
    except Problem as problem:
        return FormReading(None, "", problem.parts or (problem,))
    if "survey" not in sheets:
        return FormReading(None, "", (fp.at("", None, None, fp.NO_SURVEY_SHEET),))
    return _Form(sheets, filename).reading()


class _Form:
    def __init__(self, sheets: dict[str, Sheet], filename: str) -> None:
        self._problems: list[Problem] = []
        self._warnings: list[Problem] = []
        self._sheets = sheets
        self._filename = filename

    def reading(self) -> FormReading:
        default_language = self._default_language()
        settings = self._columns("settings", SETTING_COLUMNS, default_language)
        kind, slug, title = self._settings(settings)
        choices = self._columns("choices", CHOICE_COLUMNS, default_language)
        lists, problems = read_choices(choices)
        self._problems += problems
        survey = self._columns("survey", SURVEY_COLUMNS, default_language)
        pages = self._pages(survey, lists, kind)
        languages = tuple({**settings.languages, **survey.languages, **choices.languages})
        for columns in (settings, choices, survey):
            self._problems += columns.problems
            self._warnings += columns.warnings
        definition, read_as = None, NOTHING_READ
        if not self._problems:
            definition = SurveyDefinition(kind, title, _in_order(languages), tuple(page.page() for page in pages))
            self._refuse_circle(definition, pages)
            read_as = self._read_as(survey, pages, definition.languages)
        return FormReading(
            None if self._problems else definition, slug, _sorted(self._problems), _sorted(self._warnings), read_as
        )

    def _read_as(self, columns: FormColumns, pages: list[PageDraft], languages: tuple[str, ...]) -> SurveyReading:
        drafts = [draft for page in pages for draft in page.drafts]
        for draft in drafts:
            for language in languages if draft.said else ():
                if language not in draft.said:
                    header = columns.header("said")
                    self._warnings.append(
                        fp.at("survey", draft.row, header, fp.SAID_WITHOUT_LANGUAGE, language=language)
                    )
        choices = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)
        return SurveyReading(
            {draft.name: draft.good for draft in drafts if draft.good and draft.type in choices},
            {draft.name: draft.said for draft in drafts if draft.said},
        )

    def _columns(self, name: str, allowed: frozenset[str], default_language: str) -> FormColumns:
        return FormColumns(self._sheets.get(name) or Sheet(name, (), ()), allowed, default_language)

    def _default_language(self) -> str:
        """The language of columns that name none: as the settings say, else by the letters used."""
        settings = self._sheets.get("settings")
        if settings and settings.rows:
            named = settings.rows[0].cells.get("default_language", "")
            if code := language_code(named):
                return code
        cells = (cell for sheet in self._sheets.values() for row in sheet.rows for cell in row.cells.items())
        asked = (text for header, text in cells if not is_apart(header))
        return "hi" if any(map(_DEVANAGARI.search, asked)) else "en"

    def _settings(self, columns: FormColumns) -> tuple[SurveyKind, str, Texts]:
        rows = columns.sheet.rows
        row = rows[0] if rows else SheetRow(2, {})
        if len(rows) > 1:
            self._warnings.append(fp.at("settings", rows[1].number, None, fp.TRUNCATED_SETTINGS))
        kind = SurveyKind.SURVEY
        written = columns.text(row, "samvad_kind").lower()
        if written in list(SurveyKind):
            kind = SurveyKind(written)
        elif written:
            self._complain(columns, row, "samvad_kind", fp.UNKNOWN_KIND, value=written)
        slug = columns.text(row, "id_string").lower() or _slug_of(self._filename)
        if not _SLUG.fullmatch(slug):
            self._complain(columns, row, "id_string", fp.BAD_SLUG)
        return kind, slug, columns.words(row, "title")

    def _complain(
        self, columns: FormColumns, row: SheetRow, column: str, type_: ProblemType, **details: object
    ) -> None:
        name = columns.sheet.name
        self._problems.append(fp.at(name, row.number, columns.header(column), type_, **details))

    def _pages(self, columns: FormColumns, lists: dict[str, ChoiceList], kind: SurveyKind) -> list[PageDraft]:
        for needed in ("type", "name"):
            if not columns.has(needed):
                self._problems.append(fp.at("survey", 1, None, fp.MISSING_COLUMN, name=needed))
        if not columns.has("type"):
            return []
        rows = RowReader(columns, lists, kind)
        pages = PagesReader(rows).read()
        self._problems += rows.problems + resolve_references(pages, columns)
        self._check_whole(columns, pages, kind)
        for name in sorted(lists.keys() - rows.used_lists):
            self._warnings.append(fp.at("choices", lists[name].row, None, fp.UNUSED_LIST, name=name))
        return pages

    def _check_whole(self, columns: FormColumns, pages: list[PageDraft], kind: SurveyKind) -> None:
        drafts = [draft for page in pages for draft in page.drafts]
        if not self._problems and not any(draft.type.takes_answer for draft in drafts):
            self._problems.append(fp.at("survey", None, None, fp.NO_QUESTIONS))
        if len(drafts) > MAX_QUESTIONS:
            self._problems.append(fp.at("survey", None, None, fp.TOO_MANY_QUESTIONS, most=MAX_QUESTIONS))
        if not self._problems and kind is SurveyKind.QUIZ and all(draft.key is None for draft in drafts):
            self._problems.append(fp.at("survey", None, None, fp.QUIZ_WITHOUT_KEY))
        # Whoever sends after the first page leaves the rest: nothing there can be demanded.
        for draft in (draft for page in pages[1:] for draft in page.drafts if draft.required):
            self._warnings.append(fp.at("survey", draft.row, columns.header("required"), fp.LATER_REQUIRED))
            draft.required = False

    def _refuse_circle(self, definition: SurveyDefinition, pages: list[PageDraft]) -> None:
        try:
            compile_survey(definition)
        except Problem as problem:
            name = problem.details["question"]
            row = next(draft.row for page in pages for draft in page.drafts if draft.name == name)
            self._problems.append(fp.moved(problem, "survey", row, "relevant"))


def _in_order(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Hindi, English, then the others by code: columns may stand in any order."""
    return tuple(sorted(languages, key=lambda code: ({"hi": 0, "en": 1}.get(code, 2), code)))


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    order = {"": 0, "settings": 1, "survey": 2, "choices": 3}
    return tuple(
        sorted(
            problems,
            key=lambda problem: (
                order.get(str(problem.details.get("sheet", "")), 4),
                problem.details.get("row") or 0,
            ),
        )
    )


def _slug_of(filename: str) -> str:
    stem = unicodedata.normalize("NFKD", PurePath(filename).stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_")
    return (slug if slug[:1].isalpha() else f"survey-{slug}".rstrip("-"))[:64]
