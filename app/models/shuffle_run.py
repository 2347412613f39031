"""How far the nightly shuffle has come: one row."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class ShuffleRun(Base):
    """Written at the end of each run. Nothing is lost without it: then all that arrived in 72 hours is taken again."""

    __tablename__ = "shuffle_run"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    #: every answer that arrived before this moment has been shuffled
    arrived_until: Mapped[datetime] = mapped_column(UtcDateTime)
