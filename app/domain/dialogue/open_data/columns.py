"""What tables of open data are made of: columns, how they belong together, and those that several tables have.

Columns are added at the end and never renamed: whoever reads them has written a program for it.
"""

from dataclasses import dataclass

from app.domain.codes.channel import Evidence
from app.domain.figures.report import ShareKind
from app.domain.places.place import PlaceGroup, PlaceKind
from app.domain.sentence import Sentence
from app.domain.surveys.survey import REQUIRED_LANGUAGES

#: in the column `answer`, what is no single answer; no answer of a questionnaire can be called so
WHOLE, TOGETHER, WITHOUT, INCLUDING = "(all)", "(withheld)", "(without)", "(including)"
ANSWERS_OF_OURS = {
    WHOLE: Sentence("everybody who answered the question"),
    TOGETHER: Sentence("all withheld answers together"),
    WITHOUT: Sentence("good answers, without those set aside"),
    INCLUDING: Sentence("good answers, with those set aside"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` as Table Schema calls it. In `options` are all values that there can be.

    What is not `required` may be empty, which is "not told". In a column that is `blank` an empty text says something.
    """

    name: str
    about: Sentence
    type: str = "string"
    options: tuple[str, ...] = ()
    required: bool = True
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Which columns name a line of another table, or of the same one where `table` is empty."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; of those `by_year` there is one for each year in which results were published."""

    name: str
    about: Sentence
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    by_year: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def in_each(name: str, about: Sentence) -> tuple[Column, ...]:
    """A column for each of the department's languages."""
    return tuple(Column(f"{name}_{language}", about, required=False) for language in REQUIRED_LANGUAGES)


def options_of(values: type[PlaceKind] | type[PlaceGroup] | type[Evidence] | type[ShareKind]) -> tuple[str, ...]:
    return tuple(value.value for value in values)


PLACE = Column("place", Sentence("What the page of its results is called: /r/place"))
EDITION = Column("edition", Sentence("The Monday of the results"), "date")
SURVEY = Column("survey", Sentence("The questionnaire"))
VERSION = Column("version", Sentence("Which state of the questionnaire: words and answers may differ"), "integer")
QUESTION = Column("question", Sentence("The question's name; it stays the same in all versions"))
ROW = Column("row", Sentence("The line of a table of questions; empty where a question has none"), blank=True)
ANSWER = Column("answer", Sentence("The answer's name; in brackets what is no single answer"))
EVIDENCE = Column(
    "evidence",
    Sentence(
        "How people came to answer: invited, with a slip, at a counter, by an open code, interviewed, at a tablet"
    ),
    options=options_of(Evidence),
)
FIRST = Column("first_week", Sentence("The Monday of the first week of these answers"), "date")
LAST = Column("last_week", Sentence("The Monday of the last week of these answers"), "date")
SHARE = (
    Column(
        "share_kind",
        Sentence(
            "about: share, low and high are told. below, above: only the limit. between: only low and high. "
            "withheld: nothing can be told of this one by itself. Empty: too few, or only counted"
        ),
        options=options_of(ShareKind),
        required=False,
    ),
    Column("share", Sentence("How many in 100 of those who answered"), "integer", required=False),
    Column("low", Sentence("Not fewer than so many in 100, by chance alone"), "integer", required=False),
    Column("high", Sentence("Not more than so many in 100, by chance alone"), "integer", required=False),
    Column("bound", Sentence("The limit in 100, where only a limit is told"), "integer", required=False),
)
BASE = (
    Column(
        "base_kind",
        Sentence("about: rounded to 5. at_least: so many or more"),
        options=("about", "at_least"),
        required=False,
    ),
    Column("base", Sentence("How many people answered; empty for fewer than ten"), "integer", required=False),
)
CHOSEN = Column(
    "chosen_themselves",
    Sentence("true: what those said who chose to answer, and no figure of the place"),
    "boolean",
)
DIGEST = Column("digest", Sentence("The fingerprint of the edition in which it stands"))
SECTION = ("place", "edition", "survey", "evidence")
TO_EDITION = Reference(("digest",), "editions", ("digest",))
TO_PLACE = Reference(("place",), "places", ("place",))


def number(name: str, about: Sentence) -> Column:
    return Column(name, about, "integer", required=False)
