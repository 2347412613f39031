"""The department that runs this installation: one row."""

from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Department(Base):
    __tablename__ = "department"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name_hi: Mapped[str]
    name_en: Mapped[str]
    #: invented data: every page and every print says so
    demonstration: Mapped[bool] = mapped_column(default=False)
    #: the domain printed on paper, as HOST or HOST:PORT
    host: Mapped[str | None]
    #: when somebody confirmed what is printed: host, names, emblem; real posters need it
    host_confirmed_on: Mapped[date | None]
    #: who is to read free text every day, once there is a page for it
    free_text_reader: Mapped[str | None]
    #: JSON list of {"label_hi", "label_en", "number"}
    helplines: Mapped[str] = mapped_column(Text, default="[]")
    #: when somebody confirmed each of these numbers; paper needs it
    helplines_confirmed_on: Mapped[date | None]
    #: the slug of the questionnaire that results, prints and forms begin with; None until one is published
    main_survey: Mapped[str | None]
    #: a small PNG; only prints read it
    emblem: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    #: the first digits of the emblem's digest, as part of the address under which pages show it
    emblem_mark: Mapped[str | None]
