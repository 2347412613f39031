"""Jobs: long work that is done in the background, with how far it has come."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Job(Base):
    """Its row stays when its file is gone, and says so."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "due_on"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="known_state"),
        Index(None, "place_id"),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    #: the first and the last day of the month that it is about
    from_on: Mapped[date]
    until_on: Mapped[date]
    #: one after the other, with a space between them
    languages: Mapped[str]
    #: who asked for it; nobody, if it was the timetable or a command
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: the Monday on which the timetable asks for it
    due_on: Mapped[date | None]
    state: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: places that are drawn or have nothing to draw, of how many
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    #: a stable code, as of a problem
    failure: Mapped[str | None]
    #: what its files are called in the instance folder. By lot: a database that was put back to an earlier day gives
    #: the next job a number that was given before, and must not find that one's file
    folder: Mapped[str]
    #: until when its file is there; empty while there is none
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
