"""Says the words, labels and days of figures in the reader's language, for templates."""

from datetime import date, timedelta

from flask_babel import format_date, gettext

from app.domain.figures.report import Label, Share
from app.domain.figures.rows import bar_of
from app.domain.sentence import Sentence
from app.web.languages import reader_language


class FigureReader:
    """What a template needs to show a Report, and no way to anything a Report does not hold."""

    def say(self, words: Sentence) -> str:
        return words.text(gettext)

    def name(self, label: Label) -> str:
        return label.text(reader_language(), gettext)

    def bar(self, share: Share) -> tuple[int, int, int]:
        return bar_of(share)

    def day(self, day: date) -> str:
        return str(format_date(day, "d MMMM y"))

    def days(self, first_week: date, last_week: date) -> str:
        """From the Monday of one week to the Sunday of another."""
        last = last_week + timedelta(days=6)
        words: str = gettext("%(first)s to %(last)s", first=self.day(first_week), last=self.day(last))
        return words
