"""What the jobs remember of time: when each last did its work, and the clock as it was last believed."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class JobRun(Base):
    """When a job last came to its end."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClockNote(Base):
    """One row: the last reading of both clocks that was believed, and since when another is shown that is not."""

    __tablename__ = "clock_note"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    believed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    believed_boot: Mapped[str]
    #: milliseconds that the machine had run
    believed_ran_ms: Mapped[int] = mapped_column(BigInteger)
    doubted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    doubted_boot: Mapped[str | None]
    doubted_ran_ms: Mapped[int | None] = mapped_column(BigInteger)
