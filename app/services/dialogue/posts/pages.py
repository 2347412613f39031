"""Posts as everybody reads them: lists of what holds, and one with all its versions, whatever became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.domain.dialogue.post import POST_UNKNOWN, PostKind, RemovalCause
from app.domain.dialogue.post_state import EventKind, PostState, VersionState
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import Place, Post, PostEvent, PostVersion
from app.services.dialogue.posts.hidings import hidings_of, is_hidden
from app.services.dialogue.posts.pictures import ShownPicture, describe_picture
from app.services.dialogue.posts.texts import document_of, texts_in

PER_PAGE = 20
#: on other pages
MOST_TIPS = 3

_ORDER = case({kind.value: at for at, kind in enumerate(PostKind)}, value=Post.kind)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a list shows it. `titles` are pairs of a language and a text."""

    number: int
    kind: PostKind
    titles: tuple[tuple[str, str], ...]
    published_on: date


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a version says in one language, safe to stand in a page."""

    title: str
    body_html: str
    sources_html: str
    alt: str
    change_note: str


@dataclass(frozen=True, slots=True)
class PostPage:
    """A version and what became of its post. Of what is hidden or removed `texts` is empty."""

    number: int
    version: int
    kind: PostKind
    place: BilingualName
    state: PostState
    #: by language, as pairs
    texts: tuple[tuple[str, ShownText], ...]
    picture: ShownPicture | None
    published_on: date
    #: by when it was to be looked at again
    review_on: date | None
    digest: str
    #: of the newest version that everybody may read
    newest: int
    #: those that were published before this one, the newest first, each with its day
    earlier: tuple[tuple[int, date], ...]
    hidden_until: datetime | None
    #: of what was withdrawn: when, and why by language
    withdrawn_on: date | None
    reason: tuple[tuple[str, str], ...]
    removed_on: date | None
    cause: RemovalCause | None

    def is_overdue(self, today: date) -> bool:
        """Whether the day is past by which it was to be looked at again."""
        return self.review_on is not None and self.review_on < today


@dataclass(frozen=True, slots=True)
class PostNews:
    """A post as a feed tells it, by language; of what was removed without a word. `updated_at` moves with versions."""

    number: int
    titles: Mapping[str, str]
    bodies_html: Mapping[str, str]
    published_at: datetime
    updated_at: datetime


def list_posts(session: Session, page: int, now: datetime) -> Listing[PostLine]:
    """What holds and may be read now, what helps first, then the newest first. Two questions to the database."""
    total = session.scalar(select(func.count()).select_from(_readable(now).subquery())) or 0
    paging = Paging(total, page, PER_PAGE)
    rows = _readable(now).order_by(_ORDER, Post.number.desc()).offset(paging.offset).limit(PER_PAGE)
    return paging.listing(_line(post, version) for post, version in session.execute(rows))


def newest_tips(session: Session, now: datetime) -> tuple[PostLine, ...]:
    """The tips and rights that other pages lead to."""
    helps = Post.kind.in_([kind.value for kind in PostKind if kind.is_help])
    rows = _readable(now).where(helps).order_by(Post.number.desc()).limit(MOST_TIPS)
    return tuple(_line(post, version) for post, version in session.execute(rows))


def listed_numbers(session: Session, now: datetime) -> list[int]:
    """Of all posts that lists show."""
    return [number for number in session.scalars(_readable(now).with_only_columns(Post.number)) if number]


def read_post(session: Session, number: int, version: int | None, now: datetime) -> PostPage:
    """The newest version, or an earlier one. Problem `post.unknown`."""
    post = session.scalar(select(Post).where(Post.number == number))
    if post is None or post.shown_version is None:
        raise Problem(POST_UNKNOWN)
    versions = _published(session, post)
    asked = versions.get(post.shown_version if version is None else version)
    if asked is None or asked.published_at is None:
        raise Problem(POST_UNKNOWN)
    withdrawn, removed = _ends(session, post)
    hidden_until = _hidden_until(session, asked, now)
    is_told = hidden_until is None and removed is None
    place = session.get_one(Place, post.place_id)
    return PostPage(
        number=number,
        version=asked.number,
        kind=PostKind(post.kind),
        place=BilingualName(place.name_hi, place.name_en),
        state=PostState(post.state),
        texts=tuple(_texts(asked).items()) if is_told else (),
        picture=describe_picture(session, asked.picture_digest) if is_told else None,
        published_on=day_of(asked.published_at),
        review_on=asked.review_on,
        digest=asked.digest or "",
        newest=post.shown_version,
        earlier=_earlier(versions, asked.number),
        hidden_until=hidden_until,
        withdrawn_on=day_of(withdrawn.at) if withdrawn else None,
        reason=tuple(texts_in(withdrawn.reason or "{}").items()) if withdrawn else (),
        removed_on=day_of(removed.at) if removed else None,
        cause=RemovalCause(removed.cause) if removed and removed.cause else None,
    )


def document_bytes(session: Session, number: int, version: int) -> bytes:
    """What the digest of a version is made of. Problem `post.unknown`; only for what `read_post` tells."""
    post = session.scalar(select(Post).where(Post.number == number))
    row = _published(session, post).get(version) if post else None
    if post is None or row is None:
        raise Problem(POST_UNKNOWN)
    return document_of(post, row)


def news(session: Session, most: int, now: datetime) -> list[PostNews]:
    """What was published or removed last, the newest first. What is hidden or no longer listed is left out."""
    versions = select(func.min(PostVersion.published_at)).where(PostVersion.post_id == Post.id)
    first = versions.correlate(Post).scalar_subquery()
    shown = _readable(now).add_columns(first).order_by(PostVersion.published_at.desc()).limit(most)
    gone = (
        select(Post.number, first, PostEvent.at)
        .join(PostEvent, PostEvent.post_id == Post.id)
        .where(PostEvent.kind == EventKind.REMOVED.value)
        .order_by(PostEvent.at.desc())
        .limit(most)
    )
    found = [
        PostNews(post.number or 0, texts_in(row.title), texts_in(row.body_html), began or now, row.published_at or now)
        for post, row, began in session.execute(shown)
    ]
    found += [PostNews(number or 0, {}, {}, began or at, at) for number, began, at in session.execute(gone)]
    return sorted(found, key=lambda one: (one.updated_at, one.number), reverse=True)[:most]


def _readable(now: datetime) -> Select[Post, PostVersion]:
    """What is published, not hidden, and was looked at in time."""
    return (
        select(Post, PostVersion)
        .join(PostVersion, _shows_version())
        .where(
            Post.state == PostState.PUBLISHED.value,
            or_(PostVersion.review_on.is_(None), PostVersion.review_on >= day_of(now)),
            ~is_hidden(now),
        )
    )


def _shows_version() -> ColumnElement[bool]:
    return (PostVersion.post_id == Post.id) & (PostVersion.number == Post.shown_version)


def _line(post: Post, version: PostVersion) -> PostLine:
    published = version.published_at
    assert published is not None  # noqa: S101 - what is shown was published
    return PostLine(post.number or 0, PostKind(post.kind), tuple(texts_in(version.title).items()), day_of(published))


def _published(session: Session, post: Post) -> dict[int, PostVersion]:
    """By number, the newest last."""
    rows = select(PostVersion).filter_by(post_id=post.id, state=VersionState.PUBLISHED.value)
    return {row.number: row for row in session.scalars(rows.order_by(PostVersion.number))}


def _texts(version: PostVersion) -> dict[str, ShownText]:
    bodies, sources = texts_in(version.body_html), texts_in(version.sources_html)
    alts, notes = texts_in(version.alt), texts_in(version.change_note)
    return {
        language: ShownText(
            title, bodies.get(language, ""), sources.get(language, ""), alts.get(language, ""), notes.get(language, "")
        )
        for language, title in texts_in(version.title).items()
    }


def _earlier(versions: Mapping[int, PostVersion], number: int) -> tuple[tuple[int, date], ...]:
    rows = [row for row in versions.values() if row.number < number and row.published_at is not None]
    return tuple((row.number, day_of(row.published_at)) for row in reversed(rows) if row.published_at)


def _hidden_until(session: Session, version: PostVersion, now: datetime) -> datetime | None:
    published_at = version.published_at
    hidings = hidings_of(session, version.post_id)
    return next((one.until_at for one in hidings if published_at is not None and one.covers(published_at, now)), None)


def _ends(session: Session, post: Post) -> tuple[PostEvent | None, PostEvent | None]:
    """That it was withdrawn, and that it was removed."""
    kinds = EventKind.WITHDRAWN.value, EventKind.REMOVED.value
    rows = session.scalars(select(PostEvent).where(PostEvent.post_id == post.id, PostEvent.kind.in_(kinds)))
    found = {row.kind: row for row in rows}
    return found.get(kinds[0]), found.get(kinds[1])
