"""What a report holds: values that have already passed `app.domain.figures.disclosure`. Nothing else may be shown.

The page, the PDF and the CSV are made from these and from nothing besides. Sentence are English msgids with
their details; labels that came from a questionnaire stay in the questionnaire's own languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.codes.channel import Evidence
from app.domain.figures.report_marks import AuditMark, EditionMark, HeadlineLabel
from app.domain.sentence import Sentence, Translate

#: what the cell of the two best answers to a scale is called
GOOD_CELL = "good"


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a figure: from the questionnaire (`texts`, by language) or of our own (`words`).

    `said` are words of our own around the questionnaire's, by language; they stand before `words`.
    """

    texts: Mapping[str, str] | None = None
    words: Sentence | None = None
    said: Mapping[str, Sentence] | None = None

    def text(self, language: str, translate: Translate = str) -> str:
        words = (self.said or {}).get(language, self.words)
        if words is not None:
            return words.text(translate)
        texts = self.texts or {}
        return texts.get(language) or next((text for text in texts.values() if text), "")


class ShareKind(StrEnum):
    ABOUT = "about"  # percent, low and high are there
    BELOW = "below"  # bound is there: fewer than `bound` in 100
    ABOVE = "above"  # bound is there: more than `bound` in 100
    BETWEEN = "between"  # low and high are there, and no percent: the least and the most that can be
    WITHHELD = "withheld"  # nothing can be said of this one by itself


@dataclass(frozen=True, slots=True)
class Share:
    """How many in 100, as far as it may be told.

    `at_least` says that the interval covers chance only, because people chose themselves whether to answer.
    """

    kind: ShareKind
    words: Sentence
    percent: int | None = None
    low: int | None = None
    high: int | None = None
    bound: int | None = None
    at_least: bool = False
    #: of a share that was added up of several: of how many people one would be that is as uncertain
    as_sure_as: int | None = None


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A number of answers: rounded to 5, or a floor in tens, or only "fewer than ten" (`number` is None)."""

    words: Sentence
    number: int | None
    #: at least so many, rather than about
    floor: bool = False


@dataclass(frozen=True, slots=True)
class CellFigure:
    """One answer of a question, and how many in 100 of those who answered gave it.

    `name` is stable: a choice's name, `good`, `middle`, `poor`, "1" to "5", or a range such as "10-19".
    """

    name: str
    label: Label
    share: Share


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """One question, or one row of a grid.

    Either `cells` are there, or `notice` says why not. `together` is the share of all withheld cells taken
    together, if there are any and it may be told. `detail` holds the five steps of a scale when every one of
    them is large enough; `cells` then still holds good, middle and poor. Of a question with `several` answers
    a person, shares need not add up to 100. `good` names the cells of the good answers, if there are any.
    """

    name: str
    type: str
    label: Label
    base: ShownCount
    row: str | None = None
    row_label: Label | None = None
    cells: tuple[CellFigure, ...] = ()
    detail: tuple[CellFigure, ...] = ()
    together: Share | None = None
    several: bool = False
    notice: Sentence | None = None
    good: tuple[str, ...] = (GOOD_CELL,)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two shares in points of 100, later minus earlier (Newcombe's interval)."""

    words: Sentence
    points: int
    low: int
    high: int
    certain: bool


@dataclass(frozen=True, slots=True)
class TrendPoint:
    first_week: date
    last_week: date
    base: ShownCount
    share: Share


@dataclass(frozen=True, slots=True)
class Trend:
    """A scale's share of good answers over time; every point stands for at least thirty answers."""

    question: str
    label: Label
    answer: Label
    points: tuple[TrendPoint, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class ReasonFigure:
    """Why answers were set aside, each counted under its first reason."""

    code: str
    label: Label
    count: ShownCount


@dataclass(frozen=True, slots=True)
class SetAsidePanel:
    """How many were set aside and why, and the main figure with and without them, as far as may be told.

    `including` follows from what is told of those counted and of those set aside.
    """

    count: ShownCount
    reasons: tuple[ReasonFigure, ...] = ()
    question: Label | None = None
    without: Share | None = None
    including: Share | None = None
    #: about how many answers, set aside or counted after all, a person decided; None below ten
    decided: ShownCount | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """The one figure that may be called the place's: of people who were interviewed, or drawn and invited."""

    question: Label
    answer: Label
    share: Share
    label: HeadlineLabel
    #: the words of the good answers, by language
    said: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """A topic that goes together with satisfaction: by how many more in 100 people were satisfied who found it good.

    Among people who were otherwise equally content. `difference` is told in steps of 5.
    """

    name: str
    label: Label
    difference: Change
    row: str | None = None
    row_label: Label | None = None


@dataclass(frozen=True, slots=True)
class Drivers:
    """Which topics stand out among those that were looked at, in the order of the questionnaire.

    `looked_at` is nought where nothing can be said yet.
    """

    named: tuple[Driver, ...]
    looked_at: int


@dataclass(frozen=True, slots=True)
class EvidenceSection:
    """What answers of one evidence class say. Classes stand side by side and are never added up.

    `heading` names the class, `said_by` says whose voice it is. While there is no release for the period,
    `notice` says so and everything after `releases` is empty.
    """

    evidence: Evidence
    heading: Sentence
    said_by: Sentence
    responses: ShownCount
    releases: int
    first_week: date | None = None
    last_week: date | None = None
    questions: tuple[QuestionFigure, ...] = ()
    trends: tuple[Trend, ...] = ()
    set_aside: SetAsidePanel | None = None
    headline: Headline | None = None
    notice: Sentence | None = None
    #: of the newest release of this class, and of all that the figures are made of
    digest: str | None = None
    digests: tuple[str, ...] = ()
    #: the number of the version whose questions these are
    version: int = 0
    #: the words of the main question's good answers, by language, where its version has any
    said: Mapping[str, str] | None = None
    #: None of a station, and where the version has no good answers to look at
    drivers: Drivers | None = None


@dataclass(frozen=True, slots=True)
class Above:
    """The place above that a reader sees theirs beside: the district of a station, the state of a district.

    Its sections are those of its newest edition, of the same questionnaire.
    """

    name: Label
    sections: tuple[EvidenceSection, ...]


@dataclass(frozen=True, slots=True)
class Stations:
    """How many police stations lie below a place, and how many of them have results of their own of the same time."""

    words: Sentence
    all: int
    told: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a place's results page, PDF and CSV show.

    `sections` is empty while there are fewer than ten answers of any class; `notice` then says so and
    `next_look_on` is the next day on which results can appear. `digest` covers all releases used.
    """

    place_code: str
    place_kind: str
    place_name: Label
    survey_slug: str
    survey_title: Label
    period: Sentence
    first_week: date | None
    last_week: date | None
    made_on: date
    sections: tuple[EvidenceSection, ...]
    method: tuple[Sentence, ...]
    warning: Sentence
    next_look_on: date
    digest: str | None
    audit: AuditMark | None = None
    notice: Sentence | None = None
    #: None for a time of the reader's own choice, which is no edition
    edition: EditionMark | None = None
    #: None where nothing of it is shown beside
    above: Above | None = None
    #: None where none lie below, and before the first editions
    stations: Stations | None = None
