"""The list of changes that everybody reads: a new noun adds its reader to `READERS`."""

import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.dialogue.change import ChangeKind, PublicChange
from app.domain.dialogue.commitment import PUBLISHED, Step
from app.domain.dialogue.post_state import EventKind, VersionState
from app.domain.installation.public_results import kinds_shown
from app.domain.listing import Listing, Paging
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import IST, day_of
from app.models import (
    Commitment,
    CommitmentEvent,
    Edition,
    EditionHold,
    Place,
    Post,
    PostEvent,
    PostVersion,
    PublicResultsDecision,
    QuietPeriod,
    Round,
    SurveyVersion,
)
from app.services.dialogue.posts.hidings import is_hidden
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.public_results import public_results
from app.services.record.editions import in_view

PER_PAGE = 50

_STEPS = {
    Step.MOVED.value: ChangeKind.COMMITMENT_MOVED,
    Step.NOT_DONE.value: ChangeKind.COMMITMENT_NOT_DONE,
    Step.WITHDRAWN.value: ChangeKind.COMMITMENT_WITHDRAWN,
}
_EVENTS = {
    EventKind.WITHDRAWN.value: ChangeKind.POST_WITHDRAWN,
    EventKind.HIDDEN.value: ChangeKind.POST_HIDDEN,
    EventKind.REMOVED.value: ChangeKind.POST_REMOVED,
}


def published_changes(session: Session, page: int, now: datetime) -> Listing[PublicChange]:
    """A page of them."""
    found = all_changes(session, now)
    paging = Paging(len(found), page, PER_PAGE)
    return paging.listing(found[paging.offset :][:PER_PAGE])


def all_changes(session: Session, now: datetime) -> list[PublicChange]:
    """All there ever were, the newest first."""
    found = [change for reader in READERS for change in reader(session, now)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _corrections(session: Session, now: datetime) -> Iterator[PublicChange]:
    columns = Edition.due_on, Edition.made_at, Edition.cause, Edition.reason
    rows = select(*columns, Place).join(Place, Place.id == Edition.place_id)
    shown = Place.kind.in_(_public_kinds(session, now)), in_view(what_is_shown(session, now))
    for due_on, made_at, cause, reason, place in session.execute(rows.where(Edition.number > 1, *shown)):
        why = json.loads(reason or "{}")
        told = {"cause": cause, "due_on": due_on}
        path = f"/r/{place.page}/{due_on.isoformat()}" if place.page else None
        yield PublicChange(made_at, ChangeKind.EDITION_CORRECTED, place.name, path, why, told)


def _decisions(session: Session, _now: datetime) -> Iterator[PublicChange]:
    for row in session.scalars(select(PublicResultsDecision)):
        told = {"depth": row.depth, "from_on": row.from_on}
        # Of the day alone is known when it was decided.
        at = datetime.combine(row.decided_on, time(), IST)
        yield PublicChange(at, ChangeKind.RESULTS_DECIDED, path="/r", told=told)


def _quiet_periods(session: Session, _now: datetime) -> Iterator[PublicChange]:
    for row in session.scalars(select(QuietPeriod).where(QuietPeriod.confirmed_at.is_not(None))):
        if row.confirmed_at is not None:
            told = {"from_at": max(row.from_at, row.confirmed_at), "until_at": row.until_at}
            yield PublicChange(row.confirmed_at, ChangeKind.QUIET_ENTERED, row.order_no, told=told)
        if row.ended_at is not None:
            yield PublicChange(row.ended_at, ChangeKind.QUIET_ENDED, row.order_no)


def _holds(session: Session, now: datetime) -> Iterator[PublicChange]:
    rows = select(Edition.due_on, func.count().label("places"), func.max(Edition.made_at).label("made_at"))
    rows = rows.join(EditionHold, EditionHold.edition_id == Edition.id).join(Place, Place.id == Edition.place_id)
    rows = rows.where(Place.kind.in_(_public_kinds(session, now)))
    for row in session.execute(rows.group_by(Edition.due_on)):
        told = {"due_on": row.due_on, "places": row.places}
        yield PublicChange(row.made_at, ChangeKind.EDITIONS_HELD, told=told)


def _posts(session: Session, now: datetime) -> Iterator[PublicChange]:
    corrected = PostVersion.number > 1, PostVersion.state == VersionState.PUBLISHED.value
    rows = select(PostVersion, Post.number, is_hidden(now)).join(Post, Post.id == PostVersion.post_id)
    for version, number, hidden in session.execute(rows.where(*corrected)):
        # What is hidden is so here too: what it corrects may say again what must not be said.
        why = {} if hidden else json.loads(version.change_note or "{}")
        yield PublicChange(
            version.published_at or version.written_at, ChangeKind.POST_CORRECTED, str(number), f"/p/{number}", why
        )
    events = select(PostEvent, Post.number).join(Post, Post.id == PostEvent.post_id)
    for event, number in session.execute(events.where(PostEvent.kind.in_(_EVENTS))):
        why = json.loads(event.reason or "{}")
        told = {"until_at": event.until_at, "cause": event.cause}
        yield PublicChange(event.at, _EVENTS[event.kind], str(number), f"/p/{number}", why, told)


def _rounds(session: Session, _now: datetime) -> Iterator[PublicChange]:
    rows = select(Round, SurveyVersion.definition).join(SurveyVersion, SurveyVersion.id == Round.survey_version_id)
    for row, definition in session.execute(rows.where(Round.number.is_not(None), Round.cancelled_at.is_not(None))):
        title = SurveyDefinition.from_json(definition).title
        name = BilingualName(title.get("hi"), title.get("en"))
        why = json.loads(row.reason or "{}")
        yield PublicChange(
            row.cancelled_at or row.closes_at, ChangeKind.ROUND_CANCELLED, name, f"/r/rounds/{row.number}", why
        )


def _commitments(session: Session, now: datetime) -> Iterator[PublicChange]:
    rows = (
        select(CommitmentEvent, Commitment.number, Place)
        .join(Commitment, Commitment.id == CommitmentEvent.commitment_id)
        .join(Place, Place.id == Commitment.place_id)
        .where(CommitmentEvent.step.in_(_STEPS), Commitment.state.in_([state.value for state in PUBLISHED]))
        .where(Place.kind.in_(_public_kinds(session, now)))
    )
    for event, number, place in session.execute(rows):
        path = f"/r/{place.page}/promises/{number}" if place.page else None
        told = {"due_on": event.due_on}
        yield PublicChange(event.at, _STEPS[event.step], place.name, path, json.loads(event.texts), told)


def _public_kinds(session: Session, now: datetime) -> Collection[str]:
    kinds: Collection[PlaceKind] = kinds_shown(public_results(session), day_of(now))
    return [kind.value for kind in kinds]


#: each gives all changes of its noun, in any order
READERS: tuple[Callable[[Session, datetime], Iterator[PublicChange]], ...] = (
    _corrections,
    _decisions,
    _quiet_periods,
    _holds,
    _posts,
    _rounds,
    _commitments,
)
