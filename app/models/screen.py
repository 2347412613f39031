"""Counter screens, and what limits the answers of each code that they show."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Screen(Base):
    """A browser on a counter. It signs nothing: it fetches codes made for it, and shows one a minute."""

    __tablename__ = "screen"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True, autoincrement=False)
    #: SHA-256 of the one-time code, until another is given; `code_expires_at` is None once it was used
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: SHA-256 of 32 random bytes that the browser made, and with which it fetches codes
    secret_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    enrolled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fetched_on: Mapped[date | None]


class CodeSlot(Base):
    """A place at a code, taken by an answer that counts. It says neither which answer nor which minute.

    The week is that in which the code was shown, so that the row can be deleted when it no longer matters.
    """

    __tablename__ = "code_slot"
    __table_args__ = (
        CheckConstraint("slot IN (0, 1)", name="two"),
        {"sqlite_with_rowid": False},
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    week: Mapped[date]
