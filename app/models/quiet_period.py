"""Quiet periods: entered by one account, confirmed by another, ended early by two."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class QuietPeriod(Base):
    """What was entered never changes, only what is decided about it; what was withdrawn stays."""

    __tablename__ = "quiet_period"
    __table_args__ = (
        CheckConstraint("until_at > from_at", name="ends_after_start"),
        CheckConstraint("confirmed_by <> entered_by", name="two_accounts"),
        CheckConstraint("ended_by <> end_proposed_by", name="two_accounts_end"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
        CheckConstraint("(end_proposed_by IS NULL) = (end_proposed_at IS NULL)", name="end_proposed_whole"),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_whole"),
        CheckConstraint("confirmed_at IS NULL OR withdrawn_at IS NULL", name="not_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: as the authority that ordered it wrote it
    order_no: Mapped[str]
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: taken back before anybody confirmed it
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_proposed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    end_proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class QuietPlace(Base):
    """A place that the order names; what lies below and above it is reckoned."""

    __tablename__ = "quiet_place"
    __table_args__ = ({"sqlite_with_rowid": False},)

    quiet_id: Mapped[int] = mapped_column(ForeignKey("quiet_period.id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)


class QuietBlock(Base):
    """What is not published meanwhile."""

    __tablename__ = "quiet_block"
    __table_args__ = (
        CheckConstraint(
            "what IN ('stories', 'milestones', 'commitments', 'rounds', 'round_results', 'kits', 'editions', 'tips')",
            name="known_what",
        ),
        {"sqlite_with_rowid": False},
    )

    quiet_id: Mapped[int] = mapped_column(ForeignKey("quiet_period.id"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
