"""Posts for tests, by the same steps as in the office."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.dialogue.post import LegalQuestion, PostKind, PostText, Texts
from app.formats.pictures.post_pictures import KeptPicture, read_post_picture
from app.models import Account
from app.services.dialogue.posts.holding import Ground
from app.services.dialogue.posts.publishing import publish_post
from app.services.dialogue.posts.queries import find_post
from app.services.dialogue.posts.writing import SAME_PICTURE, change_draft, send_post, write_post
from tests.factories import add_place
from tests.factories.pictures import png

NOW = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
GROUND = Ground(("hi", "en"), "http://localhost")
ALL = tuple(LegalQuestion)


def in_both(hindi: str, english: str) -> Texts:
    return {"hi": hindi, "en": english}


def post_text(
    title: str = "Who asks for an OTP is a fraud",
    body: str = "Nobody of the police asks for an OTP.\n\n- Hang up.\n- Call [1930](tel:1930).",
    *,
    note: str = "",
    alt: str = "",
    review_on: date | None = date(2027, 6, 1),
) -> PostText:
    notes = in_both(f"हिन्दी {note}", note) if note else {}
    alts = in_both(f"चित्र {alt}", alt) if alt else {}
    sources = in_both("- [साइबर अपराध](https://cybercrime.gov.in/)", "- [Cyber crime](https://cybercrime.gov.in/)")
    return PostText(in_both(f"हिन्दी {title}", title), in_both(f"हिन्दी {body}", body), sources, alts, notes, review_on)


def picture(width: int = 900, height: int = 600) -> KeptPicture:
    return read_post_picture(png(width, height))


@dataclass(frozen=True)
class Officers:
    """Accounts of a state with a district: by their ids."""

    author: int
    other_author: int
    admin: int
    other_admin: int
    district_head: int
    state: int
    district: int


def add_officers(session: Session) -> Officers:
    state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
    district = add_place(session, kind="district", parent=state, name_hi="ज़िला एक", name_en="District One")
    posts = {
        "author": (Role.OUTREACH, state),
        "other_author": (Role.OUTREACH, state),
        "admin": (Role.STATE_ADMIN, state),
        "other_admin": (Role.STATE_ADMIN, state),
        "district_head": (Role.DISTRICT_HEAD, district),
    }
    accounts = {
        name: Account(
            username=name, name=name, role=role.value, place_id=place.id, password_hash="", must_change_password=False
        )
        for name, (role, place) in posts.items()
    }
    session.add_all(accounts.values())
    session.flush()
    return Officers(**{name: account.id for name, account in accounts.items()}, state=state.id, district=district.id)


def draft(
    session: Session,
    author: int,
    text: PostText | None = None,
    kind: PostKind = PostKind.TIP,
    shown: KeptPicture | None = None,
    now: datetime = NOW,
) -> int:
    return write_post(session, kind, text or post_text(), shown, GROUND, author, now)


def waiting(
    session: Session,
    author: int,
    text: PostText | None = None,
    kind: PostKind = PostKind.TIP,
    shown: KeptPicture | None = None,
    now: datetime = NOW,
) -> int:
    post_id = draft(session, author, text, kind, shown, now)
    send_post(session, post_id, GROUND, author, now)
    return post_id


def revision(session: Session, post_id: int) -> int:
    return find_post(session, post_id, NOW).newest.revision


def published(
    session: Session,
    author: int,
    approver: int,
    text: PostText | None = None,
    kind: PostKind = PostKind.TIP,
    shown: KeptPicture | None = None,
    now: datetime = NOW,
) -> int:
    """The id of the post."""
    post_id = waiting(session, author, text, kind, shown, now)
    publish_post(session, post_id, revision(session, post_id), ALL, GROUND, approver, now)
    return post_id


def corrected(session: Session, post_id: int, author: int, approver: int, text: PostText, now: datetime = NOW) -> None:
    change_draft(session, post_id, text, SAME_PICTURE, GROUND, author, now)
    send_post(session, post_id, GROUND, author, now)
    publish_post(session, post_id, revision(session, post_id), ALL, GROUND, approver, now)
