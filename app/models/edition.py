"""Editions: the frozen reports of places, of which everything that is read below headquarters is made."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

#: which editions took the place of another. Written out: SQLite finds no small index by what it is only given
CORRECTIONS = literal_column("edition.number", Integer) > literal_column("1", Integer)


class EditionDay(Base):
    """A Monday whose editions were begun. They are shown when all of them are there, and not before their hour."""

    __tablename__ = "edition_day"

    due_on: Mapped[date] = mapped_column(primary_key=True)
    #: the newest release that stood when they were begun: those of a later one come a week later
    last_release_id: Mapped[int]
    #: shown at once, since there was none before it
    is_opening: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Edition(Base):
    """One edition of one place. Nothing in it ever changes; a correction is another one, with a higher number."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("place_id", "due_on", "number"),
        CheckConstraint("cause IS NULL OR cause IN ('error', 'method')", name="known_cause"),
        CheckConstraint("(number = 1) = (cause IS NULL)", name="later_ones_correct"),
        Index(None, "due_on"),
        Index(None, "digest"),
        # Else whoever looks for a correction reads every edition there ever was.
        Index("ix_edition_correction", "id", sqlite_where=text("number > 1"), postgresql_where=text("number > 1")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    due_on: Mapped[date] = mapped_column(ForeignKey("edition_day.due_on"))
    number: Mapped[int]
    #: when it was made, to the minute that it really was
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: figures alone, as canonical JSON; what is served, byte for byte
    document: Mapped[str] = mapped_column(Text)
    #: SHA-256 of these bytes
    digest: Mapped[str]
    #: of the edition of this place before it
    previous_digest: Mapped[str | None]
    #: of a correction: what was wrong, and why, as JSON by language
    cause: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    #: its line in the public record; empty while there is none
    entry: Mapped[int | None]


class EditionHold(Base):
    """That an edition was made while a quiet period held editions of its place: until that ends nobody sees it.

    Written with the end of its day, so that no order that comes later takes back what was about to be shown.
    """

    __tablename__ = "edition_hold"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)


class EditionRelease(Base):
    """Which releases an edition is made of."""

    __tablename__ = "edition_release"
    __table_args__ = (Index(None, "release_id"), {"sqlite_with_rowid": False})

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
