"""Recorded questions: bring files in for a draft, and give them out once it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.recordings import (
    LARGEST,
    RECORDING_NOT_SOUND,
    RECORDING_TOO_LARGE,
    RECORDING_UNKNOWN,
    names_asked,
)
from app.domain.surveys.survey import SurveyDefinition, SurveyState
from app.formats.sound import sound_type
from app.models import SurveyAudio, SurveyVersion
from app.services.record.audit import record
from app.services.surveys.surveys import NO_DRAFT, get_survey


@dataclass(frozen=True, slots=True)
class Recording:
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the files: kept, left alone because no question names them, and what is still missing."""

    kept: tuple[str, ...]
    not_asked: tuple[str, ...]
    missing: tuple[str, ...]


def recorded(session: Session, version_id: int) -> frozenset[str]:
    """The names of the recordings that are there for a version; a question without one has no button."""
    return frozenset(session.scalars(select(SurveyAudio.name).where(SurveyAudio.survey_version_id == version_id)))


def missing_recordings(session: Session, version_id: int, definition: SurveyDefinition) -> tuple[str, ...]:
    """The files that a version names and nobody has brought in."""
    return tuple(sorted(names_asked(definition) - recorded(session, version_id)))


def bring_recordings(
    session: Session, slug: str, files: Mapping[str, bytes], *, actor_id: int | None, now: datetime
) -> Brought:
    """Keep these files for a survey's draft, in place of older ones of the same name.

    All of them or none: problems `survey.unknown`, `survey.no_draft`, and `recording.too_large` or
    `recording.not_sound` with every further one as its parts. Files that no question names are left alone.
    """
    draft = get_survey(session, slug).draft
    if draft is None:
        raise Problem(NO_DRAFT, slug=slug)
    # Nobody publishes the draft, or puts another in its place, while files are added to it.
    locked = session.get(SurveyVersion, draft.id, with_for_update=True, populate_existing=True)
    if locked is None or locked.state != SurveyState.DRAFT:
        raise Problem(NO_DRAFT, slug=slug)
    definition = SurveyDefinition.from_json(locked.definition)
    asked = names_asked(definition)
    wanted = {name: body for name, body in files.items() if name in asked}
    faults = [problem for name, body in wanted.items() if (problem := _fault(name, body))]
    if faults:
        raise Problem(faults[0].type, parts=faults[1:], **faults[0].details)
    for name, body in wanted.items():
        media_type = sound_type(name, body) or ""
        session.merge(SurveyAudio(survey_version_id=draft.id, name=name, media_type=media_type, body=body))
    session.flush()
    kept = tuple(sorted(wanted))
    if kept:
        details = {"slug": slug, "number": draft.number, "files": kept}
        record(session, "survey.recordings_added", f"survey:{draft.survey_id}", actor_id, details, now)
    return Brought(kept, tuple(sorted(set(files) - asked)), missing_recordings(session, draft.id, definition))


def read_recording(session: Session, version_id: int, name: str) -> Recording:
    """A recording of a version that is or was published; Problem `recording.unknown` for any other."""
    published = select(SurveyVersion.id).where(SurveyVersion.id == version_id, SurveyVersion.published_at.is_not(None))
    found = session.get(SurveyAudio, (version_id, name)) if session.scalar(published) is not None else None
    if found is None:
        raise Problem(RECORDING_UNKNOWN)
    return Recording(found.media_type, found.body)


def _fault(name: str, body: bytes) -> Problem | None:
    if len(body) > LARGEST:
        return Problem(RECORDING_TOO_LARGE, name=name)
    return None if sound_type(name, body) else Problem(RECORDING_NOT_SOUND, name=name)
