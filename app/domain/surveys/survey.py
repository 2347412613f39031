"""What a survey asks: an immutable value, one JSON document a version."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NotRequired, TypedDict

SCHEMA = 1
#: whether there is a page on which somebody reads what people write in their own words; until then nobody is asked to
FREE_TEXT_IS_READ = False
#: every survey that citizens see is complete in these
REQUIRED_LANGUAGES = ("hi", "en")

#: the question how somebody was treated, which prints ask aloud
TREATMENT = "respect"

#: words by language code
Texts = Mapping[str, str]
#: a parsed expression: a list of a name and its operands, as app.domain.expression_syntax makes it
Tree = list["str | Tree"]


def parts_of(tree: Tree) -> tuple[str, list[str], list[Tree]]:
    """The name of a tree, its texts, and its operands, which are trees themselves."""
    head, *texts = (part for part in tree if isinstance(part, str))
    return head, texts, [part for part in tree if isinstance(part, list)]


#: an answer in the form that is kept; None is "rather not say"
AnswerValue = str | int | bool | list[str] | dict[str, int] | None
#: by question name
Answers = Mapping[str, AnswerValue]


class SurveyKind(StrEnum):
    SURVEY = "survey"
    POLL = "poll"
    QUIZ = "quiz"


class SurveyState(StrEnum):
    """Of a version of a survey: only a draft can change, only what is published is shown to citizens."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class QuestionType(StrEnum):
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    SCALE = "scale"
    GRID = "grid"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"

    @property
    def takes_answer(self) -> bool:
        return self is not QuestionType.NOTE

    @property
    def is_free_text(self) -> bool:
        return self in (QuestionType.TEXT, QuestionType.LONG_TEXT)


class ChoiceJson(TypedDict):
    name: str
    label: Texts


class QuestionJson(TypedDict):
    name: str
    type: str
    label: Texts
    hint: Texts | None
    relevant: Tree | None
    required: bool | Tree
    constraint: Tree | None
    constraint_message: Texts | None
    choices: list[ChoiceJson]
    exclusive: list[str]
    rows: list[ChoiceJson]
    audio: Texts | None
    key: NotRequired[AnswerValue]
    why: NotRequired[Texts]


class PageJson(TypedDict):
    name: str
    title: Texts | None
    relevant: Tree | None
    questions: list[QuestionJson]


class SurveyJson(TypedDict):
    schema: int
    kind: str
    title: Texts
    languages: list[str]
    pages: list[PageJson]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question, or one row of a grid."""

    name: str
    label: Texts

    def to_json(self) -> ChoiceJson:
        return {"name": self.name, "label": dict(self.label)}

    @classmethod
    def from_json(cls, data: ChoiceJson) -> "Choice":
        return cls(data["name"], data["label"])


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, or a note.

    `relevant`, `required` and `constraint` are trees, so that no expression is parsed after import. A scale's
    and a grid's `choices` are the five words, named "1" to "5" in the order of display; 5 is the best. `key`
    is the right answer of a quiz question, as an answer, and `why` says why: neither leaves the server before that.
    """

    name: str
    type: QuestionType
    label: Texts
    hint: Texts | None = None
    relevant: Tree | None = None
    required: bool | Tree = False
    constraint: Tree | None = None
    constraint_message: Texts | None = None
    choices: tuple[Choice, ...] = ()
    exclusive: tuple[str, ...] = ()
    rows: tuple[Choice, ...] = ()
    audio: Texts | None = None
    key: AnswerValue = None
    why: Texts | None = None

    @property
    def is_asked(self) -> bool:
        """Whether people meet this question, in whatever version it stands. What arrives all the same is kept."""
        return FREE_TEXT_IS_READ or not self.type.is_free_text

    @property
    def has_several(self) -> bool:
        """Whether one person may give several answers, so that shares need not add up to 100."""
        return self.type is QuestionType.SELECT_MULTIPLE

    def to_json(self) -> QuestionJson:
        data: QuestionJson = {
            "name": self.name,
            "type": self.type.value,
            "label": dict(self.label),
            "hint": _words(self.hint),
            "relevant": self.relevant,
            "required": self.required,
            "constraint": self.constraint,
            "constraint_message": _words(self.constraint_message),
            "choices": [choice.to_json() for choice in self.choices],
            "exclusive": list(self.exclusive),
            "rows": [row.to_json() for row in self.rows],
            "audio": _words(self.audio),
        }
        if self.key is not None:
            data["key"] = self.key
        return data | ({"why": dict(self.why)} if self.why else {})

    @classmethod
    def from_json(cls, data: QuestionJson) -> "Question":
        return cls(
            name=data["name"],
            type=QuestionType(data["type"]),
            label=data["label"],
            hint=data.get("hint"),
            relevant=data.get("relevant"),
            required=data.get("required", False),
            constraint=data.get("constraint"),
            constraint_message=data.get("constraint_message"),
            choices=tuple(map(Choice.from_json, data.get("choices", ()))),
            exclusive=tuple(data.get("exclusive", ())),
            rows=tuple(map(Choice.from_json, data.get("rows", ()))),
            audio=data.get("audio"),
            key=data.get("key"),
            why=data.get("why"),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown together. The first page of a survey is its core; the later ones are "tell more"."""

    name: str
    questions: tuple[Question, ...]
    title: Texts | None = None
    relevant: Tree | None = None

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_asked)

    def to_json(self) -> PageJson:
        return {
            "name": self.name,
            "title": _words(self.title),
            "relevant": self.relevant,
            "questions": [question.to_json() for question in self.questions],
        }

    @classmethod
    def from_json(cls, data: PageJson) -> "Page":
        questions = tuple(map(Question.from_json, data["questions"]))
        return cls(data["name"], questions, data.get("title"), data.get("relevant"))


@dataclass(frozen=True)
class SurveyDefinition:
    """A questionnaire whole. Two that ask the same, in whatever file they came, have one fingerprint."""

    kind: SurveyKind
    title: Texts
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    schema: int = field(default=SCHEMA, kw_only=True)

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    @cached_property
    def asked_count(self) -> int:
        """How many questions there are, notes left out."""
        return sum(question.type.takes_answer for question in self.questions())

    @property
    def asks_about_treatment(self) -> bool:
        """Whether it begins with how somebody was treated at a place, rather than with something of its own."""
        core = self.pages[0].questions if self.pages else ()
        return any(question.name == TREATMENT and question.type is QuestionType.SCALE for question in core)

    def question(self, name: str) -> Question:
        """The question of this name; KeyError if there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Question]:
        return {question.name: question for question in self.questions()}

    def to_json(self) -> SurveyJson:
        return {
            "schema": self.schema,
            "kind": self.kind.value,
            "title": dict(self.title),
            "languages": list(self.languages),
            "pages": [page.to_json() for page in self.pages],
        }

    @classmethod
    def from_json(cls, data: str | SurveyJson) -> "SurveyDefinition":
        """The definition in a document that `to_json` or `canonical_json` made."""
        document: SurveyJson = json.loads(data) if isinstance(data, str) else data
        return cls(
            kind=SurveyKind(document["kind"]),
            title=document["title"],
            languages=tuple(document["languages"]),
            pages=tuple(map(Page.from_json, document["pages"])),
            schema=document["schema"],
        )

    @cached_property
    def canonical_json(self) -> str:
        """The document as stored: sorted keys, no spaces, letters as they are."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.canonical_json.encode()).hexdigest()


def in_language(words: Texts | None, language: str) -> str:
    """The words in this language, else in the first language that has any, else nothing."""
    if not words:
        return ""
    return words.get(language) or next((text for text in words.values() if text), "")


def _words(words: Texts | None) -> dict[str, str] | None:
    return dict(words) if words else None
