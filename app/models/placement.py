"""Placements: issued codes."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

RETIRED, COMPROMISED = text("retired_at IS NOT NULL"), text("compromised_on IS NOT NULL")


class Placement(Base):
    """One issued code: this survey, about this place, through this channel, hanging at this spot."""

    __tablename__ = "placement"
    __table_args__ = (
        Index(None, "place_id"),
        # Asked for every minute, by whoever enters them in the public record.
        Index(None, "issued_on"),
        Index("ix_placement_retired", "retired_at", sqlite_where=RETIRED, postgresql_where=RETIRED),
        Index("ix_placement_compromised", "compromised_on", sqlite_where=COMPROMISED, postgresql_where=COMPROMISED),
    )

    #: 32 random bits, so that a code tells nothing of how many there are
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    channel: Mapped[str]
    #: where the code hangs, in the words of whoever put it there; may be outside the place
    hung_at: Mapped[str]
    #: the eight digits printed beside the code
    number: Mapped[str | None] = mapped_column(unique=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("signing_key.id"))
    issued_on: Mapped[date]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    expires_on: Mapped[date | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: answers to pages opened since this day are set aside
    compromised_on: Mapped[date | None]
