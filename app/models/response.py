"""Responses. Nothing here is finer than a week, not even the order of the rows."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, ResponseId


class Response(Base):
    """One person's answers. Written once; verdicts stand beside it as events.

    The key is random and the table has no row id of its own, so that nothing tells which answer came first.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index(None, "place_id", "survey_version_id", "week", "channel"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(ResponseId, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    channel: Mapped[str]
    evidence: Mapped[str]
    language: Mapped[str]
    week: Mapped[date]
    #: canonical JSON object of question name to answer
    answers: Mapped[str] = mapped_column(Text)
    #: JSON object of question name to the answer that broke a rule, as it arrived; kept, never counted
    broken: Mapped[str | None] = mapped_column(Text)
    #: SHA-256 of the body as it arrived; tells a repeated sending from a conflicting one
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: made of all of this under a key outside the database; absent from what an earlier version stored
    mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class ConflictingCopy(Base):
    """A second, different body that arrived under a known id. Kept, never counted."""

    __tablename__ = "conflicting_copy"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
