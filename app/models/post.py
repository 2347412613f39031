"""Posts: what the department publishes beside figures, with all that was ever published of each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Post(Base):
    """What is so now. How it came stands in its versions and events, which are never changed, only added to."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("kind IN ('tip', 'law', 'story', 'milestone', 'notice')", name="known_kind"),
        CheckConstraint("state IN ('draft', 'published', 'withdrawn', 'removed')", name="known_state"),
        CheckConstraint("(number IS NULL) = (state = 'draft')", name="numbered_when_published"),
        Index(None, "place_id"),
        Index(None, "state", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: as its address names it; given when it is first published, and never to another
    number: Mapped[int | None] = mapped_column(unique=True)
    kind: Mapped[str]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    state: Mapped[str]
    #: the number of the version that is shown
    shown_version: Mapped[int | None]


class PostVersion(Base):
    """One wording. Texts are JSON by language. What was published changes only where the post is removed: then its
    texts and its picture are gone, and the digest, the days and the accounts stay.
    """

    __tablename__ = "post_version"
    __table_args__ = (
        UniqueConstraint("post_id", "number"),
        CheckConstraint("state IN ('draft', 'waiting', 'published')", name="known_state"),
        CheckConstraint("approver_id <> author_id", name="two_accounts"),
        CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL) AND (state = 'published') = (approver_id IS NOT NULL)"
            " AND (state = 'published') = (digest IS NOT NULL)",
            name="approved_when_published",
        ),
        Index(None, "picture_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    number: Mapped[int]
    state: Mapped[str]
    #: raised by each save, so that what is published is what was read
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    #: Markdown, as it was written
    body: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    alt: Mapped[str] = mapped_column(Text)
    #: what differs from the version before
    change_note: Mapped[str] = mapped_column(Text)
    #: made of body and sources when it was published
    body_html: Mapped[str] = mapped_column(Text, default="{}")
    sources_html: Mapped[str] = mapped_column(Text, default="{}")
    picture_digest: Mapped[str | None] = mapped_column(ForeignKey("post_picture.digest"))
    #: until when it holds without being looked at again
    review_on: Mapped[date | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: why it was sent back
    returned: Mapped[str | None] = mapped_column(Text)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: what the approver ticked, as a JSON list
    ticked: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: part of what the digest is made of, so that a text that was removed cannot be guessed from it
    salt: Mapped[str | None]
    digest: Mapped[str | None]


class PostEvent(Base):
    """What was done about a post that had been published."""

    __tablename__ = "post_event"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('withdrawn', 'hidden', 'removal_asked', 'removal_declined', 'removed')", name="known_kind"
        ),
        CheckConstraint("cause IS NULL OR cause IN ('law', 'person')", name="known_cause"),
        CheckConstraint("(kind = 'removed') = (second_id IS NOT NULL)", name="removed_by_two"),
        CheckConstraint("second_id <> account_id", name="two_accounts"),
        Index(None, "post_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: what everybody reads about it, as JSON by language
    reason: Mapped[str | None] = mapped_column(Text)
    #: of a removal: which of the sentences everybody reads
    cause: Mapped[str | None]
    #: what only staff read about it
    note: Mapped[str | None] = mapped_column(Text)
    #: of a hiding: when it ends by itself
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    second_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PostPicture(Base):
    """A picture of our own making, kept once under its digest, and gone with the last version that shows it."""

    __tablename__ = "post_picture"

    #: SHA-256 of the content
    digest: Mapped[str] = mapped_column(primary_key=True)
    #: a JPEG
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    width: Mapped[int]
    height: Mapped[int]
