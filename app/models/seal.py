"""Seals: what the marks of a week come to, which of them are not in it yet, and what of it was told."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, ResponseId


class SealWeek(Base):
    """All marks of a week, multiplied: of answers, and of verdicts about them. Neither count ever falls."""

    __tablename__ = "seal_week"

    week: Mapped[date] = mapped_column(primary_key=True)
    answers: Mapped[int]
    answers_product: Mapped[bytes] = mapped_column(LargeBinary(384))
    verdicts: Mapped[int]
    verdicts_product: Mapped[bytes] = mapped_column(LargeBinary(384))
    #: made of the above under the key of the marks
    mark: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: how many of each the public record was last told of
    told_answers: Mapped[int]
    told_verdicts: Mapped[int]


class Unsealed(Base):
    """What is to be multiplied into a week within the hour and is found by no arrival.

    A later verdict by its sequence; by 0 an answer whose arrival had to be forgotten. No foreign key, as with arrivals.
    """

    __tablename__ = "unsealed"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[uuid.UUID] = mapped_column(ResponseId, primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SealTold(Base):
    """What the public record was last told of seals: one row."""

    __tablename__ = "seal_told"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    #: the hour whose seal was entered last, such as 2026-11-30T07Z
    hour: Mapped[str | None]
    #: the week in which weeks were last told
    week: Mapped[date | None]
    #: how many answers there were by then in all weeks together
    answers: Mapped[int] = mapped_column(server_default="0")
    #: the last week of which answers were marked long after they came, where that is still to be told
    adopted_until: Mapped[date | None]
