"""Confirmation numbers as they came, week by week, and the lists in which they were published."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class ReceiptNumber(Base):
    """That a number arrived in a week, and how often. It names no answer, and nothing that is stored leads to one."""

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("times > 0", name="some"),
        {"sqlite_with_rowid": False},
    )

    #: in which it arrived, by the server's clock; what the answer says of its own week may be another
    week: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: whoever sends chooses the number: one that comes twice is counted twice, and stands in the list twice
    times: Mapped[int]


class ReceiptList(Base):
    """A list that was published. It is made of the numbers of its weeks, to which none is added any more."""

    __tablename__ = "receipt_list"

    last_week: Mapped[date] = mapped_column(primary_key=True)
    first_week: Mapped[date]
    #: a number that came twice is two
    numbers: Mapped[int]
    #: how many leading digits part it, so that whoever looks up says no more of a number; 0 if it is one page
    part_digits: Mapped[int] = mapped_column(SmallInteger)
    #: SHA-256 of the file
    digest: Mapped[str]
