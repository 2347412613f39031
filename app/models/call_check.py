"""What a body outside the police found by telephone, as headquarters imports it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CallCheck(Base):
    """Of a place in a quarter, which is named by its first day: numbers alone, and none of who was called."""

    __tablename__ = "call_check"
    __table_args__ = (
        Index(None, "place_id", "quarter", unique=True),
        Index(None, "quarter"),
        CheckConstraint("unconfirmed >= 0 AND unconfirmed <= checked", name="part_of_checked"),
        CheckConstraint("silent_good >= 0 AND silent_good <= silent_asked", name="part_of_asked"),
    )

    #: stays when the numbers change
    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    quarter: Mapped[date]
    #: interviews that were called back, and those of them that had not taken place
    checked: Mapped[int]
    unconfirmed: Mapped[int]
    #: people who were drawn and had not answered, and those of them who were content
    silent_asked: Mapped[int]
    silent_good: Mapped[int]
