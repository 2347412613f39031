"""What is public about a sealing key. Its secret lives in the instance folder, never in the database."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SealingKey(Base):
    __tablename__ = "sealing_key"
    __table_args__ = (CheckConstraint("id BETWEEN 0 AND 255", name="one_byte"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_on: Mapped[date]
