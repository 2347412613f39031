"""Posts as the office sees them: what waits for whom, and one with its versions and all that was done about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import POST_UNKNOWN, PostKind, PostText, RemovalCause
from app.domain.dialogue.post_state import EventKind, PostState, VersionState
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.models import Place, Post, PostEvent, PostVersion
from app.services.accounts.queries import names_of
from app.services.dialogue.posts.events import open_removal
from app.services.dialogue.posts.hidings import hidings_of
from app.services.dialogue.posts.pictures import ShownPicture, describe_picture
from app.services.dialogue.posts.texts import text_of, texts_in

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as the register shows it, by its newest version. `open_state` is None if that is published."""

    id: int
    number: int | None
    kind: PostKind
    place: BilingualName
    titles: dict[str, str]
    state: PostState
    open_state: VersionState | None
    review_on: date | None
    written_at: datetime


@dataclass(frozen=True, slots=True)
class VersionView:
    """One wording with who wrote and who published it, by their user names."""

    number: int
    revision: int
    state: VersionState
    text: PostText
    picture: ShownPicture | None
    author_id: int
    author: str
    written_at: datetime
    returned: str | None
    approver: str | None
    published_at: datetime | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    kind: EventKind
    at: datetime
    reason: dict[str, str]
    cause: RemovalCause | None
    note: str | None
    until_at: datetime | None
    account: str
    second: str | None


@dataclass(frozen=True, slots=True)
class PostView:
    id: int
    number: int | None
    kind: PostKind
    place_id: int
    place: BilingualName
    state: PostState
    #: the newest first
    versions: tuple[VersionView, ...]
    events: tuple[EventView, ...]
    hidden_until: datetime | None
    #: whether it may be hidden: not twice since two have approved what it says
    can_be_hidden: bool
    #: who asked for its removal, and why
    asked_by: int | None

    @property
    def open(self) -> VersionView | None:
        return next((one for one in self.versions if one.state is not VersionState.PUBLISHED), None)

    @property
    def shown(self) -> VersionView | None:
        return next((one for one in self.versions if one.state is VersionState.PUBLISHED), None)

    @property
    def newest(self) -> VersionView:
        return self.versions[0]


def list_rows(session: Session, place_ids: Collection[int], page: int) -> Listing[PostRow]:
    """What waits for approval first, then drafts, then what was published, each the newest first."""
    rows = _rows(place_ids)
    total = session.scalar(select(func.count()).select_from(Post).where(Post.place_id.in_(place_ids))) or 0
    paging = Paging(total, page, PER_PAGE)
    waits = case({VersionState.WAITING.value: 0, VersionState.DRAFT.value: 1}, value=PostVersion.state, else_=2)
    shown = rows.order_by(waits, PostVersion.written_at.desc(), Post.id.desc())
    return paging.listing(_row(*found) for found in session.execute(shown.offset(paging.offset).limit(PER_PAGE)))


def find_post(session: Session, post_id: int, now: datetime) -> PostView:
    """Problem `post.unknown`."""
    post = session.get(Post, post_id)
    if post is None:
        raise Problem(POST_UNKNOWN)
    rows = select(PostVersion).filter_by(post_id=post.id).order_by(PostVersion.number.desc())
    versions = session.scalars(rows).all()
    events = session.scalars(select(PostEvent).filter_by(post_id=post.id).order_by(PostEvent.id)).all()
    names = names_of(session, {one.author_id for one in versions} | {one.approver_id for one in versions}) | names_of(
        session, {one.account_id for one in events} | {one.second_id for one in events}
    )
    place = session.get_one(Place, post.place_id)
    shown = next((one for one in versions if one.number == post.shown_version), None)
    hidings = [one for one in hidings_of(session, post.id) if shown and shown.published_at]
    about = [one for one in hidings if shown and shown.published_at and one.is_about(shown.published_at)]
    asked = open_removal(session, post.id)
    return PostView(
        id=post.id,
        number=post.number,
        kind=PostKind(post.kind),
        place_id=post.place_id,
        place=BilingualName(place.name_hi, place.name_en),
        state=PostState(post.state),
        versions=tuple(_version(session, one, names) for one in versions),
        events=tuple(_event(one, names) for one in events),
        hidden_until=next((one.until_at for one in about if now < one.until_at), None),
        can_be_hidden=shown is not None and not about,
        asked_by=asked.account_id if asked else None,
    )


def place_of_post(session: Session, post_id: int) -> int:
    """Problem `post.unknown`."""
    place_id = session.scalar(select(Post.place_id).where(Post.id == post_id))
    if place_id is None:
        raise Problem(POST_UNKNOWN)
    return place_id


def _rows(place_ids: Collection[int]) -> Select[Post, PostVersion, Place]:
    versions = select(func.max(PostVersion.number)).where(PostVersion.post_id == Post.id)
    newest = versions.correlate(Post).scalar_subquery()
    return (
        select(Post, PostVersion, Place)
        .join(PostVersion, and_(PostVersion.post_id == Post.id, PostVersion.number == newest))
        .join(Place, Place.id == Post.place_id)
        .where(Post.place_id.in_(place_ids))
    )


def _row(post: Post, version: PostVersion, place: Place) -> PostRow:
    return PostRow(
        id=post.id,
        number=post.number,
        kind=PostKind(post.kind),
        place=BilingualName(place.name_hi, place.name_en),
        titles=texts_in(version.title),
        state=PostState(post.state),
        open_state=None if version.state == VersionState.PUBLISHED.value else VersionState(version.state),
        review_on=version.review_on,
        written_at=version.written_at,
    )


def _version(session: Session, row: PostVersion, names: dict[int | None, str]) -> VersionView:
    return VersionView(
        number=row.number,
        revision=row.revision,
        state=VersionState(row.state),
        text=text_of(row),
        picture=describe_picture(session, row.picture_digest),
        author_id=row.author_id,
        author=names[row.author_id],
        written_at=row.written_at,
        returned=row.returned,
        approver=names.get(row.approver_id),
        published_at=row.published_at,
        digest=row.digest,
    )


def _event(row: PostEvent, names: dict[int | None, str]) -> EventView:
    return EventView(
        kind=EventKind(row.kind),
        at=row.at,
        reason=texts_in(row.reason or "{}"),
        cause=RemovalCause(row.cause) if row.cause else None,
        note=row.note,
        until_at=row.until_at,
        account=names[row.account_id],
        second=names.get(row.second_id),
    )
