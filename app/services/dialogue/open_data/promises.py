"""Promises as lines of open data: what everybody reads of them, and nothing that waits for approval."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import Commitment
from app.domain.dialogue.open_data.lines import Line, quoted_lines
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.models import Commitment as CommitmentRow
from app.models import Edition
from app.services.dialogue.commitment_queries import published_commitments
from app.services.dialogue.open_data.scope import DataScope


def promise_lines(session: Session, scope: DataScope) -> list[Line]:
    """In the order of places' pages, and of each by number."""
    digests = _quoted(session)
    promising = set(session.scalars(select(CommitmentRow.place_id).where(CommitmentRow.number.is_not(None)).distinct()))
    return [
        _line(page, one, digests[one.edition_id])
        for page, place_id in scope.places
        if place_id in promising
        for one in sorted(published_commitments(session, place_id), key=lambda one: one.number or 0)
    ]


def _line(page: str, one: Commitment, digest: str) -> Line:
    days = (one.opened_on, one.first_due_on, one.due_on if one.is_moved else None, one.ended_on)
    said = one.ended.texts if one.ended else {}
    figure = one.figure
    return (
        page,
        one.number,
        one.state.value,
        *(day.isoformat() if day else None for day in days),
        *_in_each(one.will),
        *_in_each(one.office),
        *_in_each(said),
        *(figure.survey, one.quote["version"], figure.evidence, figure.question, figure.row or "", figure.answer),
        *quoted_lines(one.quote["share"], one.quote["base"]),
        digest,
    )


def _in_each(texts: Mapping[str, str]) -> Line:
    return tuple(texts.get(language) or None for language in REQUIRED_LANGUAGES)


def _quoted(session: Session) -> dict[int, str]:
    """The fingerprints of the editions that promises quote, by id."""
    rows = select(Edition.id, Edition.digest).where(Edition.id.in_(select(CommitmentRow.edition_id)))
    return {row.id: row.digest for row in session.execute(rows)}
