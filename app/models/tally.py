"""Tallies: live counts by week, for headquarters and the machine."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Tally(Base):
    """A week cell. Always recomputed from the responses, so it can be rebuilt at any time."""

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


class TallyMark(Base):
    """Ingest leaves one for each cell it touched. Append-only and without a unique key on purpose.

    With one, a mark could be deleted while another ingest, not yet committed, relies on it, and counts
    would be lost for ever.
    """

    __tablename__ = "tally_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int]
    survey_version_id: Mapped[int]
    week: Mapped[date]
    channel: Mapped[str]
