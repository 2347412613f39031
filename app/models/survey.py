"""Surveys and their immutable versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.surveys.survey import SurveyState
from app.models.base import Base, UtcDateTime


class Survey(Base):
    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]


class SurveyVersion(Base):
    """One wording of a survey. Nothing in it changes once it is published, except that it may be closed."""

    __tablename__ = "survey_version"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint("state IN ('draft', 'published', 'closed')", name="known_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    #: the survey definition as canonical JSON
    definition: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str]
    state: Mapped[str] = mapped_column(default=SurveyState.DRAFT.value)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class KeptReading(Base):
    """How the answers of a version are read: of a draft as its form has it, of what is published added once."""

    __tablename__ = "survey_reading"

    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: as `SurveyReading.to_json` writes it
    content: Mapped[str] = mapped_column(Text)
