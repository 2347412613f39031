"""Reading an edition's document: its figures, with the words in which they are said today.

Which words those are follows from the version of the questions that it names.
"""

from collections.abc import Callable
from datetime import date

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures import wording as say
from app.domain.figures.disclosure import OTHER, were_chosen
from app.domain.figures.editions.document import NOTICES
from app.domain.figures.editions.stored import (
    BaseJson,
    CellJson,
    DriverJson,
    DriversJson,
    EditionJson,
    LabelJson,
    PointJson,
    QuestionJson,
    SectionJson,
    SetAsideJson,
    ShareJson,
    TrendJson,
)
from app.domain.figures.headline.label import LabelReason
from app.domain.figures.question_figures import cell_label
from app.domain.figures.report import (
    CellFigure,
    Driver,
    Drivers,
    EvidenceSection,
    Headline,
    Label,
    QuestionFigure,
    ReasonFigure,
    SetAsidePanel,
    Share,
    ShareKind,
    ShownCount,
    Trend,
    TrendPoint,
)
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.sentence import Sentence
from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import Question, SurveyDefinition

#: the definition of a survey's version, by slug and number
Definitions = Callable[[str, int], SurveyDefinition]


def read_edition(document: EditionJson, definitions: Definitions) -> dict[str, tuple[EvidenceSection, ...]]:
    """The sections of each survey by its slug, with their words; questions are called as their version calls them."""
    return {
        survey["slug"]: tuple(
            read_section(section, definitions(survey["slug"], section["version"])) for section in survey["sections"]
        )
        for survey in document["surveys"]
    }


def read_section(stored: SectionJson, definition: SurveyDefinition) -> EvidenceSection:
    """One section, by the version that it was asked under."""
    return _SectionReader(stored, definition).section()


class _SectionReader:
    """A section of a stored document, by the version that it was asked under."""

    def __init__(self, stored: SectionJson, definition: SurveyDefinition) -> None:
        self._stored = stored
        self._definition = definition
        self._evidence = Evidence(stored["evidence"])
        self._at_least = not were_chosen(self._evidence)

    def section(self) -> EvidenceSection:
        stored = self._stored
        questions = tuple(self._question(figure) for figure in stored["questions"])
        return EvidenceSection(
            evidence=self._evidence,
            heading=say.HEADINGS[self._evidence],
            said_by=self._said_by(stored.get("label")),
            responses=shown.answers(stored["responses"]),
            releases=len(stored["releases"]),
            first_week=date.fromisoformat(stored["first_week"]),
            last_week=date.fromisoformat(stored["last_week"]),
            questions=questions,
            trends=tuple(self._trend(trend) for trend in stored["trends"]),
            set_aside=self._set_aside(stored["set_aside"]),
            headline=self._headline(stored["set_aside"], stored.get("label")),
            digest=stored["releases"][-1],
            digests=tuple(stored["releases"]),
            version=stored["version"],
            drivers=self._drivers(stored.get("drivers")),
        )

    def _said_by(self, label: LabelJson | None) -> Sentence:
        if self._at_least:
            return say.SAID_BY_CHOOSERS
        is_drawn = label is not None and LabelReason.DRAW not in label["reasons"]
        return say.SAID_BY_DRAWN if is_drawn else say.SAID_BY_CHOSEN

    def _question(self, stored: QuestionJson) -> QuestionFigure:
        question = self._definition.question(stored["name"])
        row = next((row for row in question.rows if row.name == stored["row"]), None)
        return QuestionFigure(
            name=question.name,
            type=question.type.value,
            label=Label(texts=question.label),
            base=read_base(stored["base"]),
            row=row.name if row else None,
            row_label=Label(texts=row.label) if row else None,
            cells=tuple(self._cell(question, cell) for cell in stored["cells"]),
            detail=tuple(self._cell(question, cell) for cell in stored["detail"]),
            together=self._share(stored["together"]),
            several=question.has_several,
            notice=NOTICES.get(stored["notice"]) if stored["notice"] else None,
        )

    def _cell(self, question: Question, stored: CellJson) -> CellFigure:
        return CellFigure(stored["name"], cell_label(question, stored["name"]), self._told(stored["share"]))

    def _share(self, stored: ShareJson | None) -> Share | None:
        return None if stored is None else self._told(stored)

    def _told(self, stored: ShareJson) -> Share:
        return read_share(stored, at_least=self._at_least)

    def _trend(self, stored: TrendJson) -> Trend:
        question = self._definition.question(stored["question"])
        change = stored["change"]
        return Trend(
            question.name,
            Label(texts=question.label),
            say.GOOD,
            tuple(self._point(point) for point in stored["points"]),
            shown.change(change["points"], change["low"], change["high"]) if change else None,
        )

    def _point(self, stored: PointJson) -> TrendPoint:
        first, last = date.fromisoformat(stored["first_week"]), date.fromisoformat(stored["last_week"])
        return TrendPoint(first, last, read_base(stored["base"]), self._told(stored["share"]))

    def _set_aside(self, stored: SetAsideJson | None) -> SetAsidePanel | None:
        if stored is None:
            return None
        reasons = tuple(
            ReasonFigure(
                reason["code"],
                say.OTHER_REASONS if reason["code"] == OTHER else say.reason_label(reason["code"]),
                shown.set_aside(reason["number"]),
            )
            for reason in stored["reasons"]
        )
        main = main_question(self._definition)
        without, including = self._share(stored["without"]), self._share(stored["including"])
        decided = shown.decided(stored["decided"]) if "decided" in stored else None
        label = Label(texts=main.label) if main else None
        return SetAsidePanel(shown.set_aside(stored["number"]), reasons, label, without, including, decided)

    def _headline(self, stored: SetAsideJson | None, label: LabelJson | None) -> Headline | None:
        main = main_question(self._definition)
        share = self._share(stored["without"]) if stored else None
        if label is None or main is None or share is None:
            return None
        limits = (label["low"], label["high"]) if "low" in label and "high" in label else None
        of_all = label.get("of_all")
        all_ = (of_all["percent"], of_all["low"], of_all["high"]) if of_all else None
        told = HeadlineLabel(tuple(label["reasons"]), label["answers"], label["false"], limits, all_)
        return Headline(Label(texts=main.label), say.GOOD, share, told)

    def _drivers(self, stored: DriversJson | None) -> Drivers | None:
        if stored is None:
            return None
        return Drivers(tuple(self._driver(one) for one in stored["named"]), stored["looked_at"])

    def _driver(self, stored: DriverJson) -> Driver:
        question = self._definition.question(stored["name"])
        row = next((row for row in question.rows if row.name == stored["row"]), None)
        return Driver(
            name=question.name,
            label=Label(texts=question.label),
            difference=shown.driver(stored["points"], stored["low"], stored["high"]),
            row=row.name if row else None,
            row_label=Label(texts=row.label) if row else None,
        )


def read_share(stored: ShareJson, *, at_least: bool) -> Share:
    """A share with its words; `at_least` says that people chose themselves whether to answer."""
    match ShareKind(stored["kind"]):
        case ShareKind.ABOUT:
            return shown.about(stored["percent"], stored["low"], stored["high"], at_least=at_least)
        case ShareKind.BELOW:
            return shown.below(stored["bound"], at_least=at_least)
        case ShareKind.ABOVE:
            return shown.above(stored["bound"], at_least=at_least)
        case ShareKind.BETWEEN:
            told = shown.between(stored["low"], stored["high"], at_least=at_least)
            return told or shown.withheld(at_least=at_least)
    return shown.withheld(at_least=at_least)


def read_base(stored: BaseJson) -> ShownCount:
    """How many answered, with its words."""
    return shown.people(stored["number"], floor=stored["kind"] == "at_least")
