"""One question row of the sheet "survey": from cells to a draft, with every problem in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.json_value import JsonValue
from app.domain.problem import Problem, ProblemType
from app.domain.responses.canonical_answers import NotAnAnswer, canonical_form
from app.domain.surveys.expression_syntax import parse_expression
from app.domain.surveys.survey import AnswerValue, Choice, Question, QuestionType, SurveyKind, Texts, Tree
from app.formats.xlsform import problems as fp
from app.formats.xlsform.choices import ChoiceList
from app.formats.xlsform.columns import FormColumns, yes_or_no
from app.formats.xlsform.sheets import SheetRow
from app.formats.xlsform.types import RowType

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_AUDIO = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(?:mp3|m4a|ogg|opus|wav)")

#: letters of the words of good answers
MAX_SAID = 60

FACES = frozenset(("faces", "likert"))
#: how other tools lay a question out; here the page decides
_LAYOUT = re.compile(
    r"minimal|quick|quickcompact|compact(?:-\d+)?|horizontal(?:-compact)?|columns(?:-\d+|-pack|-flex)?|no-buttons|"
    r"no-calendar|numbers|thousands-sep|w\d+|field-list|vertical"
)
_NO_RULES = frozenset(("required", "constraint", "constraint_message", "key", "why"))
_KEYED = frozenset((QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.INTEGER, QuestionType.DECIMAL))


@dataclass(slots=True)
class QuestionDraft:
    """A question as far as its own row says."""

    row: int
    name: str
    type: QuestionType
    label: Texts
    hint: Texts | None
    relevant: Tree | None
    required: bool | Tree
    constraint: Tree | None
    constraint_message: Texts | None
    audio: Texts | None
    choices: tuple[Choice, ...] = ()
    exclusive: tuple[str, ...] = ()
    rows: list["QuestionDraft"] = field(default_factory=list)
    list_name: str = ""
    key: AnswerValue = None
    why: Texts | None = None
    good: tuple[str, ...] = ()
    said: Texts = field(default_factory=dict)

    def question(self) -> Question:
        return Question(
            name=self.name,
            type=self.type,
            label=self.label,
            hint=self.hint,
            relevant=self.relevant,
            required=self.required,
            constraint=self.constraint,
            constraint_message=self.constraint_message,
            choices=self.choices,
            exclusive=self.exclusive,
            rows=tuple(Choice(row.name, row.label) for row in self.rows),
            audio=self.audio,
            key=self.key,
            why=self.why,
        )


class RowReader:
    """Reads rows one by one; problems gather in `problems`, and lists that are used in `used_lists`."""

    def __init__(self, columns: FormColumns, lists: Mapping[str, ChoiceList], kind: SurveyKind) -> None:
        self.columns = columns
        self.problems: list[Problem] = []
        self.used_lists: set[str] = set()
        self._lists = lists
        self._kind = kind

    def complain(self, row: SheetRow, column: str, type_: ProblemType, **details: object) -> None:
        self.problems.append(fp.at("survey", row.number, self.columns.header(column), type_, **details))

    def question(self, row: SheetRow, found: RowType, in_grid: bool) -> QuestionDraft:
        """The draft of a question row; what cannot be read of it is left out and complained of."""
        type_ = found.meaning
        assert isinstance(type_, QuestionType)  # noqa: S101
        appearance = self._appearance(row, in_grid)
        if type_ is QuestionType.SELECT_ONE and FACES & appearance:
            type_ = QuestionType.SCALE
        if type_ is QuestionType.TEXT and "multiline" in appearance:
            type_ = QuestionType.LONG_TEXT
        draft = QuestionDraft(
            row=row.number,
            name=self.name(row),
            type=type_,
            label=self.label(row),
            hint=self.columns.words(row, "hint") or None,
            relevant=self.condition(row, "relevant"),
            required=self._required(row),
            constraint=self.condition(row, "constraint"),
            constraint_message=self.columns.words(row, "constraint_message") or None,
            audio=self._audio(row),
            said=self.columns.words(row, "said"),
        )
        if found.list_name:
            self._add_choices(row, draft, found.list_name)
        if type_ is QuestionType.NOTE:
            self._refuse_columns(row, type_.value, _NO_RULES)
        self._add_key(row, draft)
        self._check_said(row, draft)
        return draft

    def name(self, row: SheetRow) -> str:
        name = self.columns.text(row, "name")
        if not name:
            self.complain(row, "name", fp.NO_NAME)
        elif not NAME.fullmatch(name):
            self.complain(row, "name", fp.BAD_NAME, name=name)
        return name

    def label(self, row: SheetRow) -> Texts:
        label = self.columns.words(row, "label")
        if not label:
            self.complain(row, "label", fp.NO_LABEL, name=self.columns.text(row, "name"))
        return label

    def condition(self, row: SheetRow, column: str) -> Tree | None:
        """The tree of an expression cell; None where it is empty, always true or cannot be read."""
        text = self.columns.text(row, column)
        if not text or yes_or_no(text):
            return None
        if yes_or_no(text) is False:
            return ["false"]
        try:
            return parse_expression(text)
        except Problem as problem:
            self.problems.append(fp.moved(problem, "survey", row.number, self.columns.header(column)))
            return None

    def _required(self, row: SheetRow) -> bool | Tree:
        text = self.columns.text(row, "required")
        plain = yes_or_no(text)
        return plain if plain is not None else self.condition(row, "required") or False

    def _appearance(self, row: SheetRow, in_grid: bool) -> frozenset[str]:
        words = frozenset(self.columns.text(row, "appearance").lower().split())
        for word in sorted(words):
            if word not in FACES | {"multiline"} and not _LAYOUT.fullmatch(word):
                self.complain(row, "appearance", fp.UNSUPPORTED_APPEARANCE, name=word)
        return words if not in_grid else words - FACES

    def _audio(self, row: SheetRow) -> Texts | None:
        audio = self.columns.words(row, "audio")
        for name in audio.values():
            if not _AUDIO.fullmatch(name):
                self.complain(row, "audio", fp.BAD_AUDIO, name=name)
        return audio or None

    def _add_choices(self, row: SheetRow, draft: QuestionDraft, list_name: str) -> None:
        draft.list_name = list_name
        found = self._lists.get(list_name)
        if found is None:
            self.complain(row, "type", fp.UNKNOWN_LIST, name=list_name)
            return
        self.used_lists.add(list_name)
        draft.choices, draft.good = tuple(found.choices), found.good_answers
        if draft.type is QuestionType.SELECT_MULTIPLE:
            draft.exclusive = tuple(found.exclusive)
        if draft.type is QuestionType.SCALE and not found.is_scale:
            self.complain(row, "type", fp.SCALE_LIST)

    def _check_said(self, row: SheetRow, draft: QuestionDraft) -> None:
        if draft.said and not draft.good:
            self.complain(row, "said", fp.SAID_WITHOUT_GOOD, name=draft.name)
        # A sentence among others, on a page of few bytes.
        if any(len(words) > MAX_SAID for words in draft.said.values()):
            self.complain(row, "said", fp.SAID_TOO_LONG, most=MAX_SAID)

    def _refuse_columns(self, row: SheetRow, type_: str, columns: frozenset[str]) -> None:
        for name, header in self.columns.used(row).items():
            if name in columns and yes_or_no(self.columns.text(row, name)) is not False:
                self.problems.append(fp.at("survey", row.number, header, fp.COLUMN_NOT_HERE, name=header, type=type_))

    def _add_key(self, row: SheetRow, draft: QuestionDraft) -> None:
        text = self.columns.text(row, "key")
        if not text or draft.type is QuestionType.NOTE:
            if draft.type is not QuestionType.NOTE and self.columns.words(row, "why"):
                self.complain(row, "why", fp.WHY_WITHOUT_KEY)
            return
        if self._kind is not SurveyKind.QUIZ:
            self.complain(row, "key", fp.KEY_OUTSIDE_QUIZ)
        elif draft.type not in _KEYED:
            self._refuse_columns(row, draft.type.value, frozenset(("key",)))
        else:
            self._read_key(row, draft, text)

    def _read_key(self, row: SheetRow, draft: QuestionDraft, text: str) -> None:
        try:
            raw: JsonValue = text.split() if draft.type is QuestionType.SELECT_MULTIPLE else text
            raw = int(text) if draft.type is QuestionType.INTEGER else raw
            draft.key = canonical_form(draft.question())(raw)
            draft.why = self.columns.words(row, "why") or None
        except (NotAnAnswer, ValueError):
            self.complain(row, "key", fp.BAD_KEY, value=text)
