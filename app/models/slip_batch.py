"""Batches of slips and invitations, and what is kept of their one-time serials."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SlipBatch(Base):
    """Slips or invitations that were made at one time, for one place or several."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint("channel IN ('slip', 'invite')", name="one_time"),
        Index(None, "list_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    #: the place it was made for: a district, or one station
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    issued_on: Mapped[date]
    expires_on: Mapped[date]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: the list of cases that were drawn to be invited by it
    list_id: Mapped[int | None] = mapped_column(ForeignKey("case_list.id"))


class SlipBatchPart(Base):
    """What one place got of a batch: its own placement. Packs are numbered through the whole batch."""

    __tablename__ = "batch_part"
    __table_args__ = (
        Index(None, "batch_id"),
        CheckConstraint("size > 0", name="some"),
        CheckConstraint("first_pack <= last_pack", name="in_order"),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    size: Mapped[int]
    first_pack: Mapped[int]
    last_pack: Mapped[int]


class Serial(Base):
    """What is kept of an issued serial: a mark that nobody finds without a secret outside the database.

    The key is random and there is no row id, so that no order leads back to the paper.
    """

    __tablename__ = "serial"
    __table_args__ = (
        Index(None, "placement_id", "pack"),
        {"sqlite_with_rowid": False},
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    #: the pack it was printed in; a lost pack is cancelled alone
    pack: Mapped[int]
    cancelled_on: Mapped[date | None]
    #: made for nobody, to learn whether somebody answers for people who do not exist
    is_decoy: Mapped[bool] = mapped_column(server_default=false())


class Redemption(Base):
    """A serial whose first response is stored. It says neither which response nor when."""

    __tablename__ = "redemption"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: Mapped[bytes] = mapped_column(LargeBinary(16), ForeignKey("serial.mark"), primary_key=True)
