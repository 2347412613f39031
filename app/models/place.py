"""Places and their dated parentage."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.domain.places.place import BilingualName, Contact, PlaceGroup
from app.models.base import Base


class Place(Base):
    """A node of the department's tree. Retired when it closes, never deleted: answers point at it."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("name_hi IS NOT NULL OR name_en IS NOT NULL", name="named"),
        CheckConstraint("place_group IN ('rural', 'town', 'city')", name="known_group"),
        Index(None, "page", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: the department's own code, stable across renames
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_hi: Mapped[str | None]
    name_en: Mapped[str | None]
    #: what its page of results is called; an earlier version leaves it out, and `give_pages` fills it in
    page: Mapped[str | None]
    retired_on: Mapped[date | None]
    #: where letters go and who answers the telephone; shown to everybody
    contact_hi: Mapped[str | None]
    contact_en: Mapped[str | None]
    contact_phone: Mapped[str | None]
    #: `group` is a word of SQL's own
    place_group: Mapped[str | None]

    @property
    def name(self) -> BilingualName:
        return BilingualName(self.name_hi, self.name_en)

    @classmethod
    def by_name(cls, language: str) -> tuple[ColumnElement[str], ColumnElement[str]]:
        """What to sort rows by: what its readers call it, in the other language if it has no name in theirs; its code.

        `BilingualName.sort_key` is the same in Python.
        """
        names = (cls.name_hi, cls.name_en) if language == "hi" else (cls.name_en, cls.name_hi)
        return func.lower(_Plain(func.coalesce(*names))), _Plain(cls.code)

    @property
    def contact(self) -> Contact:
        return Contact(BilingualName(self.contact_hi, self.contact_en), self.contact_phone)

    @property
    def group(self) -> PlaceGroup | None:
        return PlaceGroup(self.place_group) if self.place_group else None


class _Plain(FunctionElement[str]):
    """A text by the numbers of its letters, as SQLite and Python sort it, whatever the collation of a database is."""

    name = "plain"
    type = String()
    inherit_cache = True


@compiles(_Plain)
def _collated(element: _Plain, compiler: SQLCompiler, **settings: object) -> str:
    return f'({compiler.process(element.clauses, **settings)} COLLATE "C")'


@compiles(_Plain, "sqlite")
def _as_it_is(element: _Plain, compiler: SQLCompiler, **settings: object) -> str:
    return compiler.process(element.clauses, **settings)


class Parentage(Base):
    """Which parent a place had from a day until a day (the day itself excluded).

    A place that moves keeps its past where it was, so figures of an old week go to the parent of that week.
    """

    __tablename__ = "parentage"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_start"),
        CheckConstraint("place_id <> parent_id", name="not_own_parent"),
        Index(None, "parent_id"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    until_on: Mapped[date | None]
