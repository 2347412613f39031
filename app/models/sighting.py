"""Sightings: what an officer on patrol found at the spot where a code should hang."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Sighting(Base):
    """One look at one code. A day is enough: this says where paper is, not where an officer was."""

    __tablename__ = "sighting"
    __table_args__ = (
        CheckConstraint("finding IN ('here', 'elsewhere', 'damaged', 'missing')", name="finding"),
        Index(None, "placement_id", "seen_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    seen_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    finding: Mapped[str]
