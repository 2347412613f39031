"""Commitments: what places have promised, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Commitment(Base):
    """A promise of a place. Once everybody can read it, nothing but its state changes; what happens is an event."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("place_id", "number"),
        CheckConstraint("state IN ('draft', 'proposed', 'open', 'done', 'not_done', 'withdrawn')", name="known_state"),
        CheckConstraint("(number IS NULL) = (state IN ('draft', 'proposed'))", name="numbered_when_public"),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    #: of the place, without gaps, given when it opens
    number: Mapped[int | None]
    #: the edition that it quotes: the place's own, or its district's
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    #: which figure of it, and that figure as it stood there, both as JSON
    figure: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    #: what will be done, and which office does it, as JSON by language
    will: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    #: the day that was promised first
    due_on: Mapped[date]
    #: where its last event has led
    state: Mapped[str]


class CommitmentEvent(Base):
    """One thing that happened to a commitment, in the order of `sequence`. Nothing in it ever changes."""

    __tablename__ = "commitment_event"
    __table_args__ = (UniqueConstraint("commitment_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    sequence: Mapped[int]
    #: never before that of the event before: a clock may go back, what happened does not
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    step: Mapped[str]
    #: what was said with it, as JSON by language
    texts: Mapped[str] = mapped_column(Text)
    #: the new day, of a date that was moved
    due_on: Mapped[date | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
