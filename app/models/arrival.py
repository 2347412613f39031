"""What screening needs by the minute. Every row is deleted after 72 hours."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, ResponseId, UtcDateTime


class Arrival(Base):
    """When a response came, and an HMAC of where from, whose secret is never stored."""

    __tablename__ = "arrival"
    __table_args__ = ({"sqlite_with_rowid": False},)

    # Time leads the key: what is looked for and what is deleted are runs of it, and rows that arrive together
    # share a page. No foreign key: this table is emptied on its own, and ingest should not pay for the check.
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(ResponseId, primary_key=True)
    placement_id: Mapped[int] = mapped_column(BigInteger)
    address_mac: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    #: of a form without script, of the body and its page's stamp
    body_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: whether it was looked for answers that are like it
    is_screened: Mapped[bool] = mapped_column(server_default=false())
    #: whether the marks of it and of its first verdict are in the seal of their week
    is_sealed: Mapped[bool] = mapped_column(server_default=false())
