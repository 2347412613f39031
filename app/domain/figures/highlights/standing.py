"""How a place stands: what a reader takes in within ten seconds, before every question by itself.

Made of a report and of nothing besides, so that the first page of the office, the page of results and the print
begin with the same words.
"""

from dataclasses import dataclass

from app.domain.figures.comparison import change_in, is_limited_in
from app.domain.figures.highlights.areas import Area, Compared, areas_of, compare
from app.domain.figures.highlights.own_terms import OwnTerms, own_terms_of
from app.domain.figures.highlights.wishes import most_first, wishes_of
from app.domain.figures.report import CellFigure, Change, EvidenceSection, QuestionFigure, Report, Share, Trend

#: asked for money, put under pressure, watched: told whatever else stands out, also where nothing can be said
SAFETY = ("extra_money", "pressure", "watched")
MOST_WISHES = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """The main question first. `share` is None while it may not be told; `beside` where nothing is compared."""

    section: EvidenceSection
    main: QuestionFigure | None
    share: Share | None
    beside: Compared | None
    trend: Trend | None
    #: whether the line moved by more than chance; None where that cannot be said
    moved: Change | None
    #: every question that was compared with the place above
    compared: tuple[Compared, ...]
    areas: tuple[Area, ...]
    #: None where too few questions can be set beside each other
    own_terms: OwnTerms | None
    wishes: QuestionFigure | None
    #: most first, five at most
    wished: tuple[CellFigure, ...]
    safety: tuple[QuestionFigure, ...]

    @property
    def is_limited(self) -> bool:
        """Whether one of the newest points is only told as a limit, so that nobody can say whether the line moved."""
        return self.trend is not None and is_limited_in(self.trend.points)

    def beside_of(self, figure: QuestionFigure) -> Compared | None:
        """A question beside the place above; None where it was not compared."""
        return next((one for one in self.compared if one.figure is figure), None)

    @property
    def names(self) -> frozenset[str]:
        """The questions that it speaks of."""
        spoken = (self.main, self.wishes, *self.safety, *(area.compared.figure for area in self.areas))
        return frozenset(figure.name for figure in spoken if figure is not None)


def standing_of(report: Report) -> Standing | None:
    """None while there are no figures of the time."""
    sections = [section for section in report.sections if section.notice is None]
    if not sections:
        return None
    section = max(sections, key=_weight)
    main = main_of(section)
    compared = compare(section, report.above)
    wishes = wishes_of(section)
    trend = line_of_main(section)
    is_main = [one for one in compared if one.figure is main]
    return Standing(
        section=section,
        main=main,
        share=section.set_aside.without if section.set_aside else None,
        beside=next(iter(is_main), None),
        trend=trend,
        moved=change_in(trend.points) if trend else None,
        compared=compared,
        areas=areas_of(compared),
        # What is told anyway is nothing that went well: of those who say nobody asked for money, the others count.
        own_terms=own_terms_of(one for one in section.questions if one is not main and one.name not in SAFETY),
        wishes=wishes,
        wished=tuple(most_first(wishes.cells)[:MOST_WISHES]) if wishes else (),
        safety=tuple(figure for figure in section.questions if figure.name in SAFETY),
    )


def _weight(section: EvidenceSection) -> tuple[bool, int]:
    """What may be called the place's own figure before what people chose to say; then by how many answered."""
    return section.headline is not None, section.responses.number or 0


def main_of(section: EvidenceSection) -> QuestionFigure | None:
    """The figure of the main question; None where there is none."""
    label = section.set_aside.question if section.set_aside else None
    return next((figure for figure in section.questions if label is not None and figure.label == label), None)


def line_of_main(section: EvidenceSection) -> Trend | None:
    """The main question over time; None while it has no line."""
    main = main_of(section)
    return next((trend for trend in section.trends if main and trend.question == main.name), None)
