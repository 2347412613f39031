"""Polls and quizzes with dates as lines of open data: from their announcement on, and what came of them."""

import json

from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.lines import Line
from app.domain.dialogue.open_data.lines import round_lines as lines_of_results
from app.domain.surveys.rounds.round import RoundState
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.domain.weeks import day_of
from app.services.dialogue.open_data.scope import DataScope
from app.services.surveys.round_queries import RoundView, document_of, public_rounds


def round_lines(session: Session, scope: DataScope) -> list[Line]:
    """By number. They are announced to everybody, whatever else of a place is public."""
    return [_line(view) for view in _rounds(session, scope)]


def round_figure_lines(session: Session, scope: DataScope) -> list[Line]:
    """Of those whose results are published."""
    return [
        line
        for view in _rounds(session, scope)
        if view.state is RoundState.PUBLISHED and view.number is not None and view.digest is not None
        for line in lines_of_results(view.number, json.loads(document_of(session, view) or ""), view.digest)
    ]


def _rounds(session: Session, scope: DataScope) -> list[RoundView]:
    return list(reversed(public_rounds(session, scope.now)))


def _line(view: RoundView) -> Line:
    dates, announced = view.dates, view.times.announced_at
    titles = {"hi": view.title.hi, "en": view.title.en}
    return (
        view.number,
        view.place_page or view.place_code,
        view.kind.value,
        view.slug,
        view.version,
        view.state.value,
        day_of(announced).isoformat() if announced else None,
        dates.first_day.isoformat(),
        dates.last_day.isoformat(),
        dates.results_on.isoformat(),
        *(titles[language] for language in REQUIRED_LANGUAGES),
        *(view.reason.get(language) or None for language in REQUIRED_LANGUAGES),
        view.digest,
    )
