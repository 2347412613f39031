"""Rounds: polls and quizzes with dates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Text, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.models.base import Base, UtcDateTime

#: not withdrawn before anybody was told of it
HOLDS = text("announced_at IS NOT NULL OR cancelled_at IS NULL")


class Round(Base):
    """A poll or quiz with dates. From its announcement on nothing in it changes but what became of it."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="days_in_order"),
        CheckConstraint("(announced_at IS NULL) = (number IS NULL)", name="announced_with_number"),
        CheckConstraint("approved_by IS NULL OR approved_by <> planned_by", name="two_people"),
        # A version is asked in one round, so that its answers are those of the round.
        Index(
            "ix_round_survey_version_id",
            "survey_version_id",
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … in the order of announcing; the address of its public page
    number: Mapped[int | None] = mapped_column(unique=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    results_on: Mapped[date]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: why it was cancelled, as JSON by language
    reason: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: what is served, byte for byte: its announcement, and later its results, which hold that; as canonical JSON
    document: Mapped[str | None] = mapped_column(Text)
    #: SHA-256 of these bytes
    digest: Mapped[str | None]


def round_holds() -> ColumnElement[bool]:
    """The condition under which a round was not withdrawn before anybody was told of it."""
    return or_(Round.announced_at.is_not(None), Round.cancelled_at.is_(None))


def is_blind(version_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition under which nobody may count answers to a version: it is asked in a round that has no results.

    Of one that was cancelled that stays so for good.
    """
    return version_id.in_(select(Round.survey_version_id).where(round_holds(), Round.published_at.is_(None)))


def in_round(version_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition under which answers to a version are those of a round, and so in no block or sum of places."""
    return version_id.in_(select(Round.survey_version_id).where(round_holds()))
