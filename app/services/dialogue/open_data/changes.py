"""The list of changes as lines of open data: nothing that was published is changed without one."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.dialogue.change import PublicChange
from app.domain.dialogue.open_data.lines import Line
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.domain.weeks import day_of
from app.services.dialogue.changes.published import all_changes
from app.services.dialogue.open_data.scope import DataScope


def change_lines(session: Session, scope: DataScope) -> list[Line]:
    """The oldest first, as the page of changes tells them."""
    return [_line(number, change) for number, change in enumerate(reversed(all_changes(session, scope.now)), 1)]


def _line(number: int, change: PublicChange) -> Line:
    due_on = change.told.get("due_on")
    return (
        number,
        day_of(change.at).isoformat(),
        change.kind.value,
        *(change.about_in(language) for language in REQUIRED_LANGUAGES),
        change.path,
        due_on.isoformat() if isinstance(due_on, date) else None,
        *(change.why.get(language) or None for language in REQUIRED_LANGUAGES),
    )
