"""The public record: its entries, the hashes above them, what was signed and by whom, and the files beside it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class RecordEntry(Base):
    """One line of the record. Nothing updates or deletes it: whoever holds an older signed head would see that."""

    __tablename__ = "record_entry"
    # What a line is about is entered once, whoever enters it.
    __table_args__ = (UniqueConstraint("about", "about_id"),)

    #: its index, from 0 on, without gaps
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: what the line is about, as the table of it calls it, and its key there; neither is published
    about: Mapped[str]
    about_id: Mapped[int] = mapped_column(BigInteger)
    entered_on: Mapped[date]
    #: the canonical bytes of the entry, as text
    content: Mapped[str] = mapped_column(Text)


class RecordNode(Base):
    """The hash of a whole subtree: of one entry at level 0, and of 256 nodes of the level below above it."""

    __tablename__ = "record_node"
    __table_args__ = ({"sqlite_with_rowid": False},)

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class RecordCheckpoint(Base):
    """A head of the record that was signed. It and the entries under it are served from a moment on."""

    __tablename__ = "record_checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: the signed note, byte for byte
    note: Mapped[str] = mapped_column(Text)
    shown_from: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordCosignature(Base):
    """The line by which a witness outside the department signed a head too."""

    __tablename__ = "record_cosignature"

    size: Mapped[int] = mapped_column(ForeignKey("record_checkpoint.size"), primary_key=True, autoincrement=False)
    #: of the witness, as its key has it
    name: Mapped[str] = mapped_column(primary_key=True)
    #: as it stands below the note, without the end of the line
    line: Mapped[str] = mapped_column(Text)


class RecordFile(Base):
    """What an entry names by its digest and is served beside it: lists, texts of policies, sentences."""

    __tablename__ = "record_file"

    path: Mapped[str] = mapped_column(primary_key=True)
    #: the size of the record from which on it is served
    since: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
