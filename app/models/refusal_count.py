"""Refusals: how many people declined an interview, by device and week, and nothing else about them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class RefusalCount(Base):
    """A total that a device told. It only grows, so that a status that comes twice or late changes nothing."""

    __tablename__ = "refusal_count"
    __table_args__ = (
        CheckConstraint("refusals > 0", name="some"),
        {"sqlite_with_rowid": False},
    )

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    refusals: Mapped[int]
