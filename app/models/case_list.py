"""Lists of the cases of a place and quarter, and the draws from them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CaseList(Base):
    """A list as it was closed; it never changes. No person stands in it: digests, under a key that is not here."""

    __tablename__ = "case_list"
    __table_args__ = (
        Index(None, "place_id", "quarter", unique=True),
        Index(None, "closed_on"),
        CheckConstraint("evidence IN ('invited', 'sampled')", name="asked"),
        CheckConstraint("seed_from IN ('dice', 'beacon')", name="known_seed"),
        CheckConstraint("draw > 0 AND draw <= cases", name="drawn_from_it"),
        CheckConstraint("cases <= contactable AND contactable <= all_cases", name="part_of_all"),
        CheckConstraint("decoys >= 0", name="not_below_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    #: its first day
    quarter: Mapped[date]
    evidence: Mapped[str]
    all_cases: Mapped[int]
    #: those on the list
    cases: Mapped[int]
    contactable: Mapped[int]
    #: how many are drawn
    draw: Mapped[int]
    decoys: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    seed_from: Mapped[str]
    #: which beacon and round
    seed_source: Mapped[str | None]
    seed_on: Mapped[date]
    closed_on: Mapped[date]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: 32 bytes for each case, and 16 random ones; read only where the cases themselves are wanted
    digests: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    salts: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Draw(Base):
    """Who is asked from a list: all of it follows from the seed."""

    __tablename__ = "draw"
    __table_args__ = (Index(None, "drawn_on"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("case_list.id"), primary_key=True, autoincrement=False)
    seed: Mapped[bytes] = mapped_column(LargeBinary(32))
    drawn_on: Mapped[date]
    #: SHA-256 of the numbers drawn
    positions: Mapped[bytes] = mapped_column(LargeBinary(32))
