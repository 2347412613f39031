"""What the department decided on how far down results are public: the newest row holds, and all of them are shown."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PublicResultsDecision(Base):
    __tablename__ = "public_results_decision"
    __table_args__ = (CheckConstraint("depth IN ('none', 'state', 'district', 'station')", name="known_depth"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    depth: Mapped[str]
    decided_on: Mapped[date]
    from_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
