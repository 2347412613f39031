"""What screening found about answers, without when they came, and how people answer, against which it is held."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Finding(Base):
    """How many answers are like this one by one rule, only where they are more than may be by chance; or, with its code
    as the rule, a reason to set this one aside that lay in itself when it arrived.
    """

    __tablename__ = "finding"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    #: this one included
    alike: Mapped[int]
    #: how many were expected, in tenths
    expected_tenths: Mapped[int]
    #: minus the decimal logarithm of the chance of so many, whole, at most 99
    tail: Mapped[int] = mapped_column(SmallInteger)
    #: the week in which it was found; of a reason that of the answer, so that it tells nothing new
    week: Mapped[date]


class WeekWays(Base):
    """How the counted answers of a week, everywhere together, were given: what likeness is held against."""

    __tablename__ = "week_ways"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    #: compressed JSON, as app.domain.responses.screening.ways writes it
    ways: Mapped[bytes] = mapped_column(LargeBinary)
