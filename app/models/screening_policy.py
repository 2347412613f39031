"""Policies of screening that headquarters proposed, and those that hold from a Monday on."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class ScreeningPolicy(Base):
    """Proposed by one account and confirmed by another. What is confirmed is never changed, only followed.

    What was taken back stays, so that the page of one proposal never becomes that of another.
    """

    __tablename__ = "screening_policy"
    __table_args__ = (
        CheckConstraint("fewest_alike BETWEEN 5 AND 50", name="fewest_alike_in_bounds"),
        CheckConstraint("fewest_written_alike BETWEEN 3 AND 20", name="fewest_written_alike_in_bounds"),
        CheckConstraint("least_tail BETWEEN 6 AND 12", name="least_tail_in_bounds"),
        CheckConstraint("confirmed_by <> proposed_by", name="two_accounts"),
        CheckConstraint(
            "(number IS NULL) = (confirmed_by IS NULL) AND (number IS NULL) = (confirmed_on IS NULL)",
            name="numbered_when_confirmed",
        ),
        CheckConstraint("number IS NULL OR withdrawn_on IS NULL", name="not_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: given when it is confirmed
    number: Mapped[int | None] = mapped_column(unique=True)
    #: a Monday
    since: Mapped[date]
    fewest_alike: Mapped[int] = mapped_column(SmallInteger)
    fewest_written_alike: Mapped[int] = mapped_column(SmallInteger)
    #: minus the decimal logarithm of the greatest chance
    least_tail: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_on: Mapped[date]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
