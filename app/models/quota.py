"""Quotas: what headquarters wants to hear by interview, by groups of people."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class QuotaPlan(Base):
    """The questions whose choices make the groups of a survey."""

    __tablename__ = "quota_plan"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True, autoincrement=False)
    #: JSON list of question names
    questions: Mapped[str] = mapped_column(Text)


class QuotaCell(Base):
    """One group with its target, always above zero."""

    __tablename__ = "quota_cell"
    __table_args__ = (
        CheckConstraint("target > 0", name="wanted"),
        {"sqlite_with_rowid": False},
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey("quota_plan.survey_id"), primary_key=True)
    #: JSON list of choice names, in the order of the plan's questions
    cell: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[int]
