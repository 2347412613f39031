"""Joint counters beside releases, and which releases have still to get theirs."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class ReleaseJoint(Base):
    """Of the counted answers of a release, the joint vector. Nothing shows or exports it as it is."""

    __tablename__ = "release_joint"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    #: the name of what was counted: vectors of two names are never added up
    layout: Mapped[str]
    counters: Mapped[bytes] = mapped_column(LargeBinary)
    #: SHA-256 over the release's digest and salt, the layout and the counters; the release's own says nothing of them
    digest: Mapped[str]


class AwaitedJoint(Base):
    """A release that was published without its joint vector, or with that of another layout. Emptied by filling in."""

    __tablename__ = "awaited_joint"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)


class JointListing(Base):
    """Up to where the releases of a survey version were looked through for those without a joint vector."""

    __tablename__ = "joint_listing"

    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), primary_key=True)
    #: the name of what the version's releases are counted by, or nothing where there is nothing to be counted
    layout: Mapped[str]
    #: whether that was made with a reading: one that is added later changes it
    is_read: Mapped[bool]
    #: the highest id of a release that was there then, of any version
    last_release_id: Mapped[int]
