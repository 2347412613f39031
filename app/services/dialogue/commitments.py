"""Commitments, changed: written, sent, approved by somebody else, moved and ended. Each change is an event of its own.

Whoever changes one of a place holds all of that place meanwhile, so that three are never four, and of two people who
approve at once one does.
"""

import json
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import (
    ACTOR_GONE,
    CHANGED,
    COMMITMENT_UNKNOWN,
    DUE_EARLIER,
    DUE_OVER,
    ENDS,
    MOST_UNFINISHED,
    NOT_APPROVER,
    NOT_PUBLIC,
    PLACE_RETIRED,
    SAME_PERSON,
    TOO_MANY,
    WRONG_STATE,
    State,
    Step,
    Wording,
    after,
    read_texts,
    read_wording,
    require_due,
)
from app.domain.dialogue.commitment_quote import Figure
from app.domain.installation.quiet_period import QuietBlock
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.domain.surveys.survey import REQUIRED_LANGUAGES, Texts, in_language
from app.domain.weeks import day_of
from app.formats.canonical_json import write_json
from app.models import Account, Commitment, CommitmentEvent, Place
from app.services.dialogue.commitment_queries import find_commitment, may_be_approved_by, unfinished_at
from app.services.dialogue.commitment_quotes import copy_quote
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.public_results import public_results
from app.services.installation.quiet_periods import refuse_if_quiet
from app.services.locks import hold_for
from app.services.places.ancestry import subtree_ids
from app.services.record.audit import record


def draft(session: Session, place_id: int, figure: Figure, wording: Wording, actor_id: int, now: datetime) -> int:
    """A promise that only its author and approvers see; its id.

    Problems `commitment.figure_gone`, `.place_retired`, `.not_public`, `.too_many`, and those of `read_wording`.
    """
    _hold(session, place_id)
    _require_active(session, actor_id)
    _require_open_place(session, place_id, now)
    _require_room(session, place_id, actor_id)
    read = read_wording(wording, REQUIRED_LANGUAGES, day_of(now))
    edition_id, quote = copy_quote(session, place_id, figure, what_is_shown(session, now), day_of(now))
    row = Commitment(
        place_id=place_id,
        edition_id=edition_id,
        figure=write_json(asdict(figure)).decode(),
        quote=write_json(quote).decode(),
        will=write_json(read.will).decode(),
        office=write_json(read.office).decode(),
        due_on=read.due_on,
        state=State.DRAFT.value,
    )
    session.add(row)
    session.flush()
    _record(session, "commitment.drafted", row, actor_id, now)
    return row.id


def rewrite(session: Session, commitment_id: int, wording: Wording, actor_id: int, now: datetime) -> None:
    """Write a draft anew. Problems as of `draft`, and `commitment.wrong_state`."""
    row = _held(session, commitment_id)
    _require_active(session, actor_id)
    read = read_wording(wording, REQUIRED_LANGUAGES, day_of(now))
    _quote_newest(session, row, now)
    row.will, row.office, row.due_on = write_json(read.will).decode(), write_json(read.office).decode(), read.due_on
    _record(session, "commitment.drafted", row, actor_id, now)


def propose(session: Session, commitment_id: int, actor_id: int, now: datetime) -> None:
    """Send a draft to whoever approves, with the figure as it stands in the newest edition. Problems as of `draft`."""
    row = _held(session, commitment_id)
    _require_active(session, actor_id)
    after(State(row.state), Step.PROPOSED)
    _require_open_place(session, row.place_id, now)
    _require_room(session, row.place_id, actor_id)
    require_due(row.due_on, day_of(now))
    _quote_newest(session, row, now)
    _record(session, "commitment.proposed", row, actor_id, now)


def give_back(session: Session, commitment_id: int, reason: str, actor_id: int, now: datetime) -> None:
    """A proposal becomes a draft again: taken back by an author, or refused, with a reason, by whoever approves.

    Problems `commitment.wrong_state`, `.text_missing`, `.text_long` and those of `approve`.
    """
    row = _held(session, commitment_id)
    account = _require_active(session, actor_id)
    texts: Texts = {}
    if actor_id not in find_commitment(session, commitment_id).authors:
        _require_approver(session, commitment_id, actor_id, now)
        texts = read_texts({account.language: reason}, [account.language])
    _record(session, "commitment.returned", row, actor_id, now, texts)


def approve(session: Session, commitment_id: int, actor_id: int, now: datetime, *, read: str | None = None) -> None:
    """Let everybody read it; with `read` only what has this fingerprint.

    Problems `commitment.wrong_state`, `.changed`, `.actor_gone`, `.same_person`, `.not_approver`, `.place_retired`,
    `.not_public`, `.due_over` if its day has come while it waited, and `quiet.blocked`. What was promised before a
    quiet period is moved and ended in it all the same.
    """
    row = _held(session, commitment_id)
    _require_active(session, actor_id)
    after(State(row.state), Step.OPENED)
    if read is not None and read != find_commitment(session, commitment_id).fingerprint:
        raise Problem(CHANGED)
    _require_approver(session, commitment_id, actor_id, now)
    _require_open_place(session, row.place_id, now)
    refuse_if_quiet(session, QuietBlock.COMMITMENTS, row.place_id, now)
    if row.due_on <= day_of(now):
        raise Problem(DUE_OVER)
    last = session.scalar(select(func.max(Commitment.number)).where(Commitment.place_id == row.place_id))
    row.number = (last or 0) + 1
    _record(session, "commitment.opened", row, actor_id, now)


def move(session: Session, commitment_id: int, due_on: date, why: Texts, actor_id: int, now: datetime) -> None:
    """Give an open one a later day. What was promised first stays, and it is late from then on all the same.

    Problems `commitment.wrong_state`, `.due_earlier`, `.due_range`, `.text_missing`, `.text_long`.
    """
    row = _held(session, commitment_id)
    _require_active(session, actor_id)
    after(State(row.state), Step.MOVED)
    if due_on <= find_commitment(session, commitment_id).due_on:
        raise Problem(DUE_EARLIER)
    require_due(due_on, day_of(now))
    _record(session, "commitment.moved", row, actor_id, now, read_texts(why, REQUIRED_LANGUAGES), due_on)


def finish(session: Session, commitment_id: int, step: Step, texts: Texts, actor_id: int, now: datetime) -> None:
    """End an open one: done, not done, or withdrawn, in each case with a sentence in every language.

    Problems `commitment.wrong_state`, `.text_missing`, `.text_long`, `.actor_gone`.
    """
    row = _held(session, commitment_id)
    _require_active(session, actor_id)
    if step not in ENDS:
        raise Problem(WRONG_STATE)
    after(State(row.state), step)
    said = read_texts(texts, REQUIRED_LANGUAGES)
    match step:
        case Step.DONE:
            _record(session, "commitment.done", row, actor_id, now, said)
        case Step.NOT_DONE:
            _record(session, "commitment.not_done", row, actor_id, now, said)
        case _:
            _record(session, "commitment.withdrawn", row, actor_id, now, said)


def discard(session: Session, commitment_id: int, actor_id: int, now: datetime) -> None:
    """Throw a draft away: nobody outside has ever read it. Problem `commitment.wrong_state`."""
    row = _held(session, commitment_id)
    if row.state != State.DRAFT.value:
        raise Problem(WRONG_STATE)
    place_id = row.place_id
    session.execute(delete(CommitmentEvent).where(CommitmentEvent.commitment_id == row.id))
    session.delete(row)
    session.flush()
    record(session, "commitment.discarded", f"commitment:{commitment_id}", actor_id, {"place": place_id}, now)


def _record(
    session: Session,
    action: str,
    row: Commitment,
    actor_id: int,
    now: datetime,
    texts: Texts | None = None,
    due_on: date | None = None,
) -> None:
    """Take the step that an action of the audit is called after, and write down both."""
    step = Step(action.removeprefix("commitment."))
    row.state = after(State(row.state), step).value
    events = select(CommitmentEvent).where(CommitmentEvent.commitment_id == row.id)
    last = session.scalar(events.order_by(CommitmentEvent.sequence.desc()).limit(1))
    session.add(
        CommitmentEvent(
            commitment_id=row.id,
            sequence=last.sequence + 1 if last else 1,
            at=max(now, last.at) if last else now,
            step=step.value,
            texts=write_json(dict(texts or {})).decode(),
            due_on=due_on,
            account_id=actor_id,
        )
    )
    session.flush()
    details = {"place": row.place_id, "number": row.number, "due_on": (due_on or row.due_on).isoformat()}
    record(session, action, f"commitment:{row.id}", actor_id, details, now)


def _held(session: Session, commitment_id: int) -> Commitment:
    """As it is once nobody else changes anything of its place. Problem `commitment.unknown`."""
    row = session.get(Commitment, commitment_id)
    if row is None:
        raise Problem(COMMITMENT_UNKNOWN)
    _hold(session, row.place_id)
    row = session.get(Commitment, commitment_id, populate_existing=True)
    if row is None:
        raise Problem(COMMITMENT_UNKNOWN)
    return row


def _hold(session: Session, place_id: int) -> None:
    hold_for(session, f"commitments of {place_id}".encode())


def _quote_newest(session: Session, row: Commitment, now: datetime) -> None:
    figure = Figure(**json.loads(row.figure))
    row.edition_id, quote = copy_quote(session, row.place_id, figure, what_is_shown(session, now), day_of(now))
    row.quote = write_json(quote).decode()


def _require_active(session: Session, actor_id: int) -> Account:
    account = session.get_one(Account, actor_id, populate_existing=True)
    if account.disabled_at is not None:
        raise Problem(ACTOR_GONE)
    return account


def _require_approver(session: Session, commitment_id: int, actor_id: int, now: datetime) -> None:
    commitment = find_commitment(session, commitment_id)
    if actor_id in commitment.authors:
        raise Problem(SAME_PERSON)
    within = subtree_ids(session, session.get_one(Account, actor_id).place_id, day_of(now))
    if not may_be_approved_by(session, commitment, actor_id, within):
        raise Problem(NOT_APPROVER)


def _require_open_place(session: Session, place_id: int, now: datetime) -> None:
    place, policy = session.get_one(Place, place_id), public_results(session)
    if place.retired_on is not None:
        raise Problem(PLACE_RETIRED)
    if policy is None or place.page is None or not policy.shows(PlaceKind(place.kind), day_of(now)):
        raise Problem(NOT_PUBLIC)


def _require_room(session: Session, place_id: int, actor_id: int) -> None:
    unfinished = unfinished_at(session, place_id)
    if len(unfinished) >= MOST_UNFINISHED:
        language = session.get_one(Account, actor_id).language
        raise Problem(TOO_MANY, promises="; ".join(f"“{in_language(one.will, language)}”" for one in unfinished))
