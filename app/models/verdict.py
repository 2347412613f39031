"""Verdicts: whether a response counts, as an append-only list of events."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

SET_ASIDE = text("verdict = 'set_aside'")
LATER = text("sequence > 1")


class Verdict(Base):
    """One event; of a response's events, the one with the highest sequence holds."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint("verdict IN ('counted', 'set_aside')", name="known"),
        # Four answers in a hundred are set aside: without these, looking for them reads all of them.
        Index("ix_verdict_set_aside", "week", "response_id", sqlite_where=SET_ASIDE, postgresql_where=SET_ASIDE),
        Index("ix_verdict_later", "sequence", sqlite_where=LATER, postgresql_where=LATER),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[str]
    #: JSON list of reason codes
    reasons: Mapped[str] = mapped_column(Text, default="[]")
    policy_version: Mapped[int]
    week: Mapped[date]
    #: the account, if a person decided
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: made of all of this under a key outside the database; absent from what an earlier version stored
    mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
