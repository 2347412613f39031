"""Recorded questions, as they were brought in for a version of a survey."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SurveyAudio(Base):
    """One recording. Like the version it belongs to, it never changes once that is published."""

    __tablename__ = "survey_audio"

    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    #: as the form's audio column has it
    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
