"""What somebody proposed to do about copies, and who confirmed it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CopyProposal(Base):
    """About all copies of one place, version and evidence class that were found in a week."""

    __tablename__ = "copy_proposal"
    __table_args__ = (CheckConstraint("decision IN ('count', 'keep')", name="known_decision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    evidence: Mapped[str]
    found_week: Mapped[date]
    decision: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    #: how many there were
    responses: Mapped[int]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: None while nobody has
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
