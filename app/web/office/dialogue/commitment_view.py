"""A promise as the office shows it: with its place, what it quotes in every language, and what this account may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.commitment import Commitment, State, Step
from app.domain.dialogue.commitment_quote import Quote
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.formats.catalogue import catalogue
from app.services.dialogue.commitment_queries import find_commitment, may_be_approved_by
from app.services.dialogue.commitment_quotes import Quoted, read_quoted
from app.services.figures.editions.holding import what_is_shown
from app.services.places.queries import PlaceLine, find_place
from app.web.context import now, today
from app.web.office.guard import own_place_ids, require_within, signed_in

STATES = {
    State.DRAFT: _l("Draft"),
    State.PROPOSED: _l("Waits to be approved"),
    State.OPEN: _l("Still open"),
    State.DONE: _l("Done"),
    State.NOT_DONE: _l("Not done"),
    State.WITHDRAWN: _l("Withdrawn"),
}
STEPS = {
    Step.DRAFTED: _l("Written"),
    Step.PROPOSED: _l("Sent to be approved"),
    Step.RETURNED: _l("Given back"),
    Step.OPENED: _l("Approved"),
    Step.MOVED: _l("Day moved"),
    Step.DONE: _l("Done"),
    Step.NOT_DONE: _l("Not done"),
    Step.WITHDRAWN: _l("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """A quote as it stands in one language."""

    asked: str
    told: str
    base: str
    heading: str


@dataclass(frozen=True, slots=True)
class ShownCommitment:
    promise: Commitment
    place: PlaceLine
    quoted: Quoted
    #: by language, as everybody will read it
    words: Mapping[str, QuoteWords]
    late: int
    may_approve: bool

    @property
    def is_mine(self) -> bool:
        return signed_in().id in self.promise.authors


def shown_commitment(session: Session, commitment_id: int) -> ShownCommitment:
    """Problems `commitment.unknown`, and `place.foreign` for one of a place that is not the account's."""
    promise = own_commitment(session, commitment_id)
    quoted = read_quoted(session, promise, what_is_shown(session, now()), today())
    return ShownCommitment(
        promise,
        find_place(session, promise.place_id),
        quoted,
        in_every_language(quoted.quote),
        promise.days_late(today()),
        _may_approve(session, promise),
    )


def own_commitment(session: Session, commitment_id: int) -> Commitment:
    """The same problems."""
    promise = find_commitment(session, commitment_id)
    require_within(session, promise.place_id)
    return promise


def _may_approve(session: Session, promise: Commitment) -> bool:
    return signed_in().may(Permission.APPROVE_COMMITMENT) and may_be_approved_by(
        session, promise, signed_in().id, own_place_ids(session)
    )


def in_every_language(quote: Quote) -> dict[str, QuoteWords]:
    return {language: in_words(quote, language) for language in REQUIRED_LANGUAGES}


def in_words(quote: Quote, language: str) -> QuoteWords:
    say = catalogue(language).gettext
    asked = quote.question.text(language, say)
    if quote.row:
        asked = f"{asked} – {quote.row.text(language, say)}"
    told = f"{quote.answer.text(language, say)}: {quote.share.words.text(say)}"
    return QuoteWords(asked, told, quote.base.words.text(say), quote.heading.text(say))
