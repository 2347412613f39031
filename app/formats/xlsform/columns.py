"""The columns of an XLSForm: their names in every spelling that pyxform accepts, and their languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyxform import aliases
from pyxform.parsing.sheet_headers import to_snake_case

from app.domain.free_text import clean_text
from app.domain.problem import Problem, ProblemType
from app.formats.xlsform import problems as fp
from app.formats.xlsform.sheets import Sheet, SheetRow

MAX_LABEL = 2_000

SURVEY_COLUMNS = frozenset(
    ("type", "name", "label", "hint", "relevant", "required", "constraint", "constraint_message", "appearance",
     "audio", "key", "why", "said", "disabled")
)  # fmt: skip
CHOICE_COLUMNS = frozenset(("list_name", "name", "label", "exclusive", "good"))
SETTING_COLUMNS = frozenset(
    ("title", "id_string", "default_language", "samvad_kind", "version", "style", "name", "xml_root")
)
TRANSLATED = frozenset(("label", "hint", "constraint_message", "audio", "title", "said", "why"))
#: nobody who answers meets these words, so they add no language to the form
APART = frozenset(("said",))
#: known to XLSForm, of no use here and harmless
IGNORED = frozenset(("guidance_hint", "required_message"))
#: known to XLSForm, and it would change the meaning of the form to leave them out
UNSUPPORTED = frozenset(
    ("default", "calculation", "choice_filter", "parameters", "repeat_count", "trigger", "read_only", "image",
     "big-image", "video", "autoplay", "rows", "save_to", "intent", "media", "bind", "instance", "body", "control",
     "noapperrorstring", "compact_tag", "body::accuracythreshold", "query", "sms_field", "sms_option")
)  # fmt: skip

_PREFIXES = frozenset(("bind", "media", "control", "body"))
_SPELLINGS = {
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "jr:count": "repeat_count",
    "list name": "list_name",
    "jr:noapperrorstring": "noapperrorstring",
}
_CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*\)\s*$")
_SPACES = re.compile("[ \t\xa0]+")
_LANGUAGES = {
    "english": "en",
    "hindi": "hi",
    "हिन्दी": "hi",
    "हिंदी": "hi",
    "marathi": "mr",
    "मराठी": "mr",
    "gujarati": "gu",
    "ગુજરાતી": "gu",
    "urdu": "ur",
    "اردو": "ur",
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a header means. `language` is None where the header names none."""

    name: str
    language: str | None
    header: str


class FormColumns:
    """The columns of one sheet, and reading a row by them."""

    def __init__(self, sheet: Sheet, allowed: frozenset[str], default_language: str) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.languages: dict[str, None] = {}
        self._default_language = default_language
        self._columns: dict[str, Column] = {}
        doubled = any("::" in header for header in sheet.headers)
        for header in sheet.headers:
            self._admit(header, *_meaning(header, sheet.name, doubled), allowed)

    def _admit(self, header: str, name: str, language: str | None, allowed: frozenset[str]) -> None:
        if header.startswith("_"):
            return
        if name not in allowed:
            self._refuse(header, name)
            return
        code: str | None = None
        if name in TRANSLATED:
            code = self._default_language if language is None else language_code(language)
            if code is None:
                self._complain(header, fp.UNKNOWN_LANGUAGE, name=language)
                return
            if name not in APART and self._is_used(header):
                self.languages[code] = None
        if any((column.name, column.language) == (name, code) for column in self._columns.values()):
            self._complain(header, fp.DUPLICATE_COLUMN, name=name if code is None else f"{name}::{code}")
        self._columns[header] = Column(name, code, header)

    def _refuse(self, header: str, name: str) -> None:
        row = next((row.number for row in self.sheet.rows if header in row.cells), None)
        if row is None:
            return
        if name in IGNORED:
            self.warnings.append(fp.at(self.sheet.name, 1, header, fp.IGNORED_COLUMN, name=header))
        elif self.sheet.name == "settings":
            self.problems.append(fp.at("settings", row, header, fp.UNSUPPORTED_SETTING, name=header))
        elif name in UNSUPPORTED:
            self.problems.append(fp.at(self.sheet.name, row, header, fp.UNSUPPORTED_COLUMN, name=header))
        else:
            self.problems.append(fp.at(self.sheet.name, row, header, fp.UNKNOWN_COLUMN, name=header))

    def _complain(self, header: str, type_: ProblemType, **details: object) -> None:
        self.problems.append(fp.at(self.sheet.name, 1, header, type_, **details))

    def _is_used(self, header: str) -> bool:
        return any(header in row.cells for row in self.sheet.rows)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self._columns.values())

    def header(self, name: str) -> str:
        """The header as written of the first column with this meaning, for naming the place of a problem."""
        return next((column.header for column in self._columns.values() if column.name == name), name)

    def text(self, row: SheetRow, name: str) -> str:
        """The cell of an untranslated column, stripped, with plain spaces."""
        return _plain(row.cells.get(self.header(name), ""))

    def words(self, row: SheetRow, name: str) -> dict[str, str]:
        """The texts of a translated column by language, in the order of their codes."""
        words: dict[str, str] = {}
        for header, column in self._columns.items():
            text = _plain(row.cells.get(header, ""))
            if column.name != name or not text or column.language is None:
                continue
            if len(text) > MAX_LABEL:
                self.problems.append(fp.at(self.sheet.name, row.number, header, fp.TEXT_TOO_LONG, most=MAX_LABEL))
            if "${" in text:
                self.problems.append(fp.at(self.sheet.name, row.number, header, fp.PIPED_TEXT))
            words[column.language] = text
        return dict(sorted(words.items()))

    def used(self, row: SheetRow) -> Mapping[str, str]:
        """The meanings of the filled cells of a row, with their headers."""
        return {column.name: header for header, column in self._columns.items() if header in row.cells}


def language_code(name: str) -> str | None:
    """The code of a language written as "हिन्दी (hi)", "hi" or a name that is commonly used alone."""
    if match := _CODE_IN_BRACKETS.search(name):
        return match[1].lower()
    plain = name.strip().lower()
    if plain in _LANGUAGES:
        return _LANGUAGES[plain]
    return plain if re.fullmatch(r"[a-z]{2}", plain) else None


def is_apart(header: str) -> bool:
    """Whether a column holds words that nobody who answers meets."""
    return header.split(":")[0].strip().lower() in APART


def yes_or_no(text: str) -> bool | None:
    """True or False as XLSForm writes them, else None."""
    found: bool | None = aliases.yes_no.get(text.lower())
    return found


def _plain(text: str) -> str:
    # Excel's readers make plain spaces of fixed ones and XLSForm counts a run of them as one.
    return clean_text(_SPACES.sub(" ", text))


def _meaning(header: str, sheet: str, doubled: bool) -> tuple[str, str | None]:
    tokens = [token.strip() for token in header.split("::" if doubled or "::" in header else ":")]
    if "jr" in tokens[:-1]:
        start = tokens.index("jr")
        tokens[start : start + 2] = [f"jr:{tokens[start + 1]}"]
    if len(tokens) > 1 and tokens[0].lower() in _PREFIXES:
        tokens = tokens[1:]
    name = _canonical(to_snake_case(tokens[0]), sheet)
    return name, tokens[1] if len(tokens) > 1 else None


def _canonical(name: str, sheet: str) -> str:
    known = {
        "survey": aliases.survey_header,
        "choices": aliases.list_header,
        "settings": aliases.settings_header,
    }[sheet]
    found = known.get(name, name)
    last = found if isinstance(found, str) else found[-1]
    if sheet == "survey" and last == "text":
        last = "label"
    return _SPELLINGS.get(last.lower(), last)
