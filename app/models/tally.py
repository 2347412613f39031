"""Tallies: live counts by week, for headquarters and the machine, and what keeps them up to date."""

import secrets
from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Tally(Base):
    """A week cell. Answers are added as they come in; it can be made anew from the responses at any time."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(primary_key=True)
    responses: Mapped[int]
    #: little-endian uint32 vector, laid out by app.domain.counters
    counters: Mapped[bytes] = mapped_column(LargeBinary)


class ReasonCell(Base):
    """How many answers of a week cell were set aside for a reason; an answer may have several."""

    __tablename__ = "reason_cell"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    responses: Mapped[int]


def draw_mark_id() -> int:
    """A key of 63 random bits: one that counts would tell which of two answers came first."""
    return secrets.randbits(63)


class TallyMark(Base):
    """Ingest leaves one for each cell it touched. Append-only and without a unique key on purpose.

    With one, a mark could be deleted while another ingest, not yet committed, relies on it, and counts
    would be lost for ever. A mark that names neither responses nor changes asks to count the whole cell anew.
    """

    __tablename__ = "tally_mark"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False, default=draw_mark_id
    )
    place_id: Mapped[int]
    survey_version_id: Mapped[int]
    week: Mapped[date]
    channel: Mapped[str]
    #: the ids of new responses, 16 bytes each, in their own order
    responses: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: verdicts that took the place of earlier ones, as app.services.responses.marks packs them
    changes: Mapped[bytes | None] = mapped_column(LargeBinary)


class StaleWeek(Base):
    """A week whose cells are still to be made anew. Empty unless a rebuild is under way, or was broken off."""

    __tablename__ = "stale_week"

    week: Mapped[date] = mapped_column(primary_key=True)
