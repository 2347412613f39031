"""Says the words, labels and days of figures in the reader's language, for templates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from flask_babel import format_date, format_datetime, gettext

from app.domain.codes.channel import Evidence
from app.domain.figures.firmness.firmness import firmness_of
from app.domain.figures.headline.words import label_text
from app.domain.figures.highlights.charts import Line, Step, line_of, newest_points, off_course_of, steps_of
from app.domain.figures.highlights.funnel import Placed, by_name
from app.domain.figures.highlights.off_course import Side
from app.domain.figures.report import CellFigure, EvidenceSection, Label, Share, ShareKind, Trend, TrendPoint
from app.domain.figures.report_marks import HeadlineLabel
from app.domain.figures.rows import bar_of
from app.domain.figures.wording import good_answers, of_people
from app.domain.sentence import Sentence
from app.web.languages import reader_language


class FigureReader:
    """What a template needs to show a Report, and no way to anything a Report does not hold.

    One for each page: it keeps the days that it has said, since lines of a year name a few dozen hundreds of times.
    """

    def __init__(self) -> None:
        self._days: dict[date, str] = {}

    def say(self, words: Sentence) -> str:
        return words.text(gettext)

    def name(self, label: Label) -> str:
        return label.text(reader_language(), gettext)

    def by_name(self, places: Sequence[Placed]) -> list[Placed]:
        return by_name(places, reader_language(), gettext)

    def good(self, share: Share, said: Mapping[str, str] | None) -> str | None:
        """The share of good answers in the questionnaire's own words, if it has any in the reader's language."""
        words = of_people(share, said, reader_language())
        return words.text(gettext) if words else None

    def good_answers(self, said: Mapping[str, str] | None) -> str:
        return self.name(good_answers(said))

    def bar(self, share: Share) -> tuple[int, int, int]:
        return bar_of(share)

    def short(self, share: Share | None) -> str:
        """A share in a table of several: 60 (50–69), or its words where only a limit is told."""
        if share is None:
            return "–"
        return f"{share.percent} ({share.low}–{share.high})" if share.kind is ShareKind.ABOUT else self.say(share.words)

    def line(self, trend: Trend, evidence: Evidence) -> Line:
        return line_of(trend, evidence)

    def off_course(self, trend: Trend, evidence: Evidence) -> dict[date, Side]:
        return off_course_of(trend, evidence)

    def firmness(self, section: EvidenceSection) -> str:
        """What is said beside the main figure of how firm it is; empty where nothing is."""
        return " ".join(self.say(words) for words in firmness_of(section).words)

    def label(self, label: HeadlineLabel) -> str:
        """Whether a headline is certified, and what holds against it."""
        return label_text(label, self.say)

    def steps(self, cells: Sequence[CellFigure]) -> tuple[Step, ...]:
        return steps_of(cells)

    def newest(self, trend: Trend) -> Sequence[TrendPoint]:
        return newest_points(trend)

    def day(self, day: date) -> str:
        if day not in self._days:
            self._days[day] = str(format_date(day, "d MMMM y"))
        return self._days[day]

    def moment(self, at: datetime) -> str:
        """In India, to the minute."""
        return str(format_datetime(at, "d MMMM y, HH:mm"))

    def sunday(self, week: date) -> str:
        """The last day of a week."""
        return self.day(week + timedelta(days=6))

    def days(self, first_week: date, last_week: date) -> str:
        """From the Monday of one week to the Sunday of another."""
        words: str = gettext("%(first)s to %(last)s", first=self.day(first_week), last=self.sunday(last_week))
        return words
