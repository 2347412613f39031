"""All that waits for an account, of every noun: a new one adds its reader to `READERS`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.accounts.account import SignedIn
from app.domain.accounts.role import Permission
from app.domain.dialogue.commitment import Step
from app.domain.dialogue.post_state import VersionState
from app.domain.places.place import BilingualName
from app.domain.surveys.rounds.round import RoundState
from app.domain.weeks import IST, day_of
from app.models import AuditEntry, CopyProposal, Place, Post, PostEvent, PostVersion
from app.services.accounts.queries import names_of
from app.services.dialogue.commitment_queries import pressing_for
from app.services.dialogue.posts.events import open_removal
from app.services.dialogue.posts.texts import texts_in
from app.services.installation.quiet.queries import QuietState, list_quiet_periods
from app.services.responses.policies.choosing import open_proposal
from app.services.surveys.round_queries import list_rounds


class WaitKind(StrEnum):
    """What is asked for; a page has words and an address for each."""

    COPIES = "copies"
    POLICY = "policy"
    QUIET = "quiet"
    QUIET_END = "quiet_end"
    COMMITMENT = "commitment"
    POST = "post"
    REMOVAL = "removal"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks what waits: the account, the places it may see, and whether these are all."""

    account: SignedIn
    place_ids: frozenset[int]
    is_whole: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that another account has asked for. `id` is that of its noun; `about` is by language or a name."""

    kind: WaitKind
    id: int
    since: datetime
    asked_by: int | None
    about: BilingualName | Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class Approval:
    """The same with the user name of whoever asked."""

    waiting: Waiting
    asked_by: str | None


def waiting_approvals(session: Session, reader: Reader) -> list[Approval]:
    """What this account can decide, the oldest first; never what it has asked for itself."""
    found = [one for read in READERS for one in read(session, reader) if one.asked_by != reader.account.id]
    names = names_of(session, {one.asked_by for one in found})
    return [Approval(one, names.get(one.asked_by)) for one in sorted(found, key=lambda one: one.since)]


def _copies(session: Session, reader: Reader) -> Iterator[Waiting]:
    if reader.account.may(Permission.JUDGE_COPIES):
        rows = select(CopyProposal, Place).join(Place, Place.id == CopyProposal.place_id)
        rows = rows.where(CopyProposal.confirmed_by.is_(None), Place.id.in_(reader.place_ids))
        for row, place in session.execute(rows):
            yield Waiting(WaitKind.COPIES, row.id, _midnight(row.found_week), row.proposed_by, place.name)


def _policy(session: Session, reader: Reader) -> Iterator[Waiting]:
    proposal = open_proposal(session)
    if proposal is not None and reader.account.may(Permission.JUDGE_COPIES) and reader.is_whole:
        at = _midnight(proposal.proposed_on)
        yield Waiting(WaitKind.POLICY, proposal.id, at, proposal.proposer_id, proposal.reason)


def _quiet_periods(session: Session, reader: Reader) -> Iterator[Waiting]:
    if not (reader.account.may(Permission.SET_QUIET) and reader.is_whole):
        return
    for one in list_quiet_periods(session, reader.now):
        if one.state is QuietState.WAITING:
            yield Waiting(WaitKind.QUIET, one.id, one.entered_at, one.enterer_id, one.order)
        elif one.end_proposed_at is not None and one.state in (QuietState.HOLDS, QuietState.COMING):
            yield Waiting(WaitKind.QUIET_END, one.id, one.end_proposed_at, one.end_proposer_id, one.order)


def _commitments(session: Session, reader: Reader) -> Iterator[Waiting]:
    pressing = pressing_for(session, reader.account.id, reader.place_ids, day_of(reader.now))
    for line in pressing.to_approve.shown:
        asked = [event for event in line.promise.events if event.step is Step.PROPOSED][-1]
        yield Waiting(WaitKind.COMMITMENT, line.promise.id, asked.at, asked.account_id, line.place.name)


def _posts(session: Session, reader: Reader) -> Iterator[Waiting]:
    if reader.account.may(Permission.APPROVE_POSTS):
        rows = select(PostVersion).join(Post, Post.id == PostVersion.post_id)
        rows = rows.where(PostVersion.state == VersionState.WAITING.value, Post.place_id.in_(reader.place_ids))
        for row in session.scalars(rows):
            yield Waiting(WaitKind.POST, row.post_id, row.written_at, row.author_id, texts_in(row.title))


def _removals(session: Session, reader: Reader) -> Iterator[Waiting]:
    if reader.account.may(Permission.REMOVE):
        asked = select(PostEvent.post_id).join(Post, Post.id == PostEvent.post_id).distinct()
        for post_id in session.scalars(asked.where(Post.place_id.in_(reader.place_ids))).all():
            event = open_removal(session, post_id)
            number = session.scalar(select(Post.number).where(Post.id == post_id))
            if event is not None:
                yield Waiting(WaitKind.REMOVAL, post_id, event.at, event.account_id, str(number))


def _rounds(session: Session, reader: Reader) -> Iterator[Waiting]:
    if reader.account.may(Permission.APPROVE_ROUNDS):
        for one in list_rounds(session, reader.now):
            if one.state is RoundState.PLANNED and one.place_id in reader.place_ids:
                planned = AuditEntry.action == "round.planned", AuditEntry.subject == f"round:{one.id}"
                at = session.scalar(select(AuditEntry.at).where(*planned))
                yield Waiting(WaitKind.ROUND, one.id, at or one.dates.opens_at, one.planned_by, one.title)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), IST)


#: each gives all that an account of these places may decide, in any order
READERS: tuple[Callable[[Session, Reader], Iterator[Waiting]], ...] = (
    _copies,
    _policy,
    _quiet_periods,
    _commitments,
    _posts,
    _removals,
    _rounds,
)
