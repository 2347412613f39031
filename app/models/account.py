"""Accounts of the department's staff."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    #: a post ("थाना प्रभारी"), not a person's name
    name: Mapped[str]
    role: Mapped[str]
    #: the account sees this place and what lies below it
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    language: Mapped[str] = mapped_column(default="hi")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    #: raised to end every session of the account
    session_epoch: Mapped[int] = mapped_column(default=0)
    #: encrypted with the accounts secret
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed: Mapped[bool] = mapped_column(default=False)
    #: the last time step that was accepted: no code works twice
    totp_last_step: Mapped[int | None]
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInDelay(Base):
    """How long an account name or an address must wait. A delay, never a lock: a lock is a weapon."""

    __tablename__ = "sign_in_delay"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: HMAC of the account name or the address
    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int]
    not_before_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EndedSession(Base):
    """A session that was signed out of before its time, so that a copy of its cookie is worth nothing."""

    __tablename__ = "ended_session"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: SHA-256 of the session's random key
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: from then on the session would have ended by itself, and the row goes
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
