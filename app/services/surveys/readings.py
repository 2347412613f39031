"""How the answers of a version are read: kept with a draft, frozen by publishing, added once where it was missing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from app.models import KeptReading, SurveyVersion
from app.services.record.audit import record


def reading_of(session: Session, version_id: int) -> SurveyReading:
    """Nothing where the version says nothing of it."""
    content = session.scalar(select(KeptReading.content).where(KeptReading.survey_version_id == version_id))
    return SurveyReading.from_json(content) if content else NOTHING_READ


def keep_reading(session: Session, draft_id: int, reading: SurveyReading, now: datetime) -> None:
    """In place of what an earlier form of the draft said."""
    if (kept := session.get(KeptReading, draft_id)) is not None:
        session.delete(kept)
        session.flush()
    if reading:
        session.add(KeptReading(survey_version_id=draft_id, added_at=now, content=reading.to_json()))
        session.flush()


def add_reading(
    session: Session, version: SurveyVersion, reading: SurveyReading, *, actor_id: int | None, now: datetime
) -> bool:
    """Whether it was added to a published version; once there, it is as unchangeable as the questions."""
    if not reading or session.get(KeptReading, version.id) is not None:
        return False
    keep_reading(session, version.id, reading, now)
    details = {"number": version.number, "digest": reading.digest}
    record(session, "survey.reading_added", f"survey:{version.survey_id}", actor_id, details, now)
    return True
