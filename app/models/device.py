"""Devices: enrolled tablets and interviewers' phones, each with a key of its own."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Device(Base):
    """A tablet on a counter or an interviewer's phone. Its placement says what it asks, and about which place."""

    __tablename__ = "device"

    #: 32 random bits
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    #: what the office calls it, such as the sticker on its back
    label: Mapped[str]
    #: the uncompressed point of its P-256 key, 65 bytes; None until it is enrolled
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary(65))
    #: SHA-256 of the one-time code, until it is replaced or the device is revoked; it is good for one key only
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    enrolled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: to the full hour, so that it cannot be laid beside who stood at the counter
    last_synced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: what the device said last of its outbox, and the last number it gave out
    waiting: Mapped[int | None]
    last_sequence: Mapped[int | None] = mapped_column(BigInteger)


class SequenceRun(Base):
    """A run of a device's sequence numbers that have arrived. What lies between two runs is a gap.

    Kept apart from the responses: a number beside a response would say in which order people answered.
    """

    __tablename__ = "sequence_run"
    __table_args__ = (
        CheckConstraint("first <= last", name="in_order"),
        {"sqlite_with_rowid": False},
    )

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    first: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
