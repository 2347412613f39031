"""Releases: the immutable blocks of which everything below headquarters is made."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Release(Base):
    """At least ten answers about a place, published together and never changed."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("place_id", "survey_version_id", "evidence", "kind", "number"),
        CheckConstraint("kind IN ('own', 'rest', 'sum')", name="known_kind"),
        Index("ix_release_last_week", "last_week"),
        # What a place has of a month is found without reading all that it ever had.
        Index("ix_release_place_id_last_week", "place_id", "last_week"),
        Index("ix_release_unfinished", "id", sqlite_where=text("number = 0"), postgresql_where=text("number = 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    evidence: Mapped[str]
    #: own: answers about this place itself; rest: answers of places below that never came to ten by
    #: themselves; sum: whole blocks of the places below and of this one (release_part tells which)
    kind: Mapped[str]
    #: 1, 2, 3 … for this place, version, evidence and kind; 0 while the members of a long block are gathered,
    #: which nothing shows
    number: Mapped[int]
    first_week: Mapped[date]
    last_week: Mapped[date]
    published_on: Mapped[date]
    responses: Mapped[int]
    counters: Mapped[bytes] = mapped_column(LargeBinary)
    #: JSON: how many were set aside, their reasons as far as they may be told, and their counters
    set_aside: Mapped[str] = mapped_column(Text, default="{}")
    #: 16 random bytes: without them the exact counts of a small block could be searched for from the digest
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    #: SHA-256 over the canonical release, the salt and the digest before it
    digest: Mapped[str]
    previous_digest: Mapped[str]


class ReleaseMember(Base):
    """Which answers a block holds, so that none is ever published twice."""

    __tablename__ = "release_member"
    __table_args__ = (Index(None, "release_id"), {"sqlite_with_rowid": False})

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))


class ReleasePart(Base):
    """Which whole blocks a release of a higher place is made of."""

    __tablename__ = "release_part"
    __table_args__ = (Index(None, "release_id"), {"sqlite_with_rowid": False})

    parent_release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)


class AwaitedPart(Base):
    """A block that a place above, or its own, has still to add up. Emptied by the sum of that place."""

    __tablename__ = "awaited_part"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)


class WaitingCell(Base):
    """How many answers of a place, version, channel and week are in no block yet, as far as they were folded.

    A count may be negative until answers that were published before they were folded are folded too. What
    publishing finds here it looks up among the responses: if a count is wrong, a block is late, never wrong.
    """

    __tablename__ = "waiting_cell"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    counted: Mapped[int]
    set_aside: Mapped[int]
