"""Visits or registered cases, as headquarters imports them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CaseCount(Base):
    """How many there were at a place in a quarter, which is named by its first day."""

    __tablename__ = "case_count"
    __table_args__ = (
        CheckConstraint("cases >= 0", name="not_below_zero"),
        {"sqlite_with_rowid": False},
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)
    cases: Mapped[int]
