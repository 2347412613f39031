"""Keeping the public record: what is new is entered, and the head signed, after the commit, from what is committed."""

import logging
import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.figures.editions.days import shown_at
from app.domain.installation.public_results import kinds_shown
from app.domain.record.hours import SALT_BYTES
from app.domain.weeks import day_of
from app.formats.crypto.tokens import TokenSigner
from app.formats.record.notes import RecordKey
from app.jobs.record.sealing import seal_all
from app.services.figures.editions.holding import were_let_go, what_is_shown
from app.services.installation.public_results import public_results
from app.services.locks import Job
from app.services.record.editions import in_view
from app.services.record.log.beginning import genesis_of, require_key
from app.services.record.log.checkpoints import Checkpoint, is_signed, require_continued, sign_head
from app.services.record.log.entries import NewEntry, enter, entry_at, size_of
from app.services.record.receipt_lists import lists_due, numbers_without_answers, told_answers
from app.services.record.receipt_lists import new_entries as lists_as_entries
from app.services.record.sources.balance import new_balance
from app.services.record.sources.checks import new_checks
from app.services.record.sources.codes import new_code_ends, new_codes
from app.services.record.sources.decisions.quiet_periods import new_quiet_periods
from app.services.record.sources.decisions.settings import new_receipt_key, new_settings, was_decided_since_monday
from app.services.record.sources.dialogue.commitments import new_commitment_ends, new_commitments
from app.services.record.sources.dialogue.posts import new_posts
from app.services.record.sources.draws import new_draws, new_lists
from app.services.record.sources.editions import (
    days_to_enter,
    entry_of_day,
    is_opening_day,
    may_be_shown_from,
    new_corrections,
    newest_day_entered,
)
from app.services.record.sources.policies import new_policies
from app.services.record.sources.releases import entries_of_releases, releases_to_enter
from app.services.record.sources.rounds import new_rounds
from app.services.record.sources.surveys import new_surveys
from app.services.responses.seals.entries import is_hour_due, new_entries
from app.transaction import reading, transaction
from app.upkeep import alone, let_others_in

_log = logging.getLogger(__name__)

#: entries in one transaction: an upgrade has years of them
AT_ONCE = 1_000
_DAY = timedelta(days=1)
#: from the beginning of a quarter until what was found by telephone in it is imported; what is later comes a day later
_CALLED_WITHIN = timedelta(days=274)


def keep_record(settings: Settings, now: datetime) -> Checkpoint | None:
    """Enter what is new and sign it; None if nothing was, if somebody else is at it, or if there is no key yet.

    Problems `record.…`: the database does not continue what was signed, or the key is not that of the record.
    """
    if not settings.secrets.record:
        return None
    with alone(Job.RECORD) as is_alone:
        return _keep(settings, now) if is_alone else None


def _keep(settings: Settings, now: datetime) -> Checkpoint | None:
    folder, today = settings.record_folder, day_of(now)
    with reading() as session:
        # Before anything is entered: what was put back from a backup must not grow either.
        require_continued(session, folder)
        key = require_key(session, settings.secrets.record, settings.host)
        begun = size_of(session) > 0
        since = _lately(session, today)
        genesis = None if begun else genesis_of(session, key)
    if not begun and genesis is None:
        return None
    if genesis is not None:
        with transaction() as session:
            enter(session, [genesis], today)
    _enter_plain(settings, key, today, since)
    _enter_hour(now)
    # Behind the seals: of no more answers than those that are sealed.
    _enter_lists(now)
    with reading() as session:
        kinds = _public_kinds(session, today)
        waits = {day: not is_opening_day(session, day) and shown_at(day) > now for day in days_to_enter(session)}
    for day in (day for day, is_waiting in waits.items() if not is_waiting):
        _enter_day(day, kinds, now)
    _enter_opened(kinds, now)
    _enter_while_new(lambda session: new_corrections(session, kinds), today)
    _enter_while_new(lambda session: new_commitments(session, kinds), today)
    _enter_while_new(lambda session: new_commitment_ends(session, kinds), today)
    _enter_while_new(lambda session: new_balance(session, now), today)
    signed = _sign(key, folder, now)
    for day in (day for day, is_waiting in waits.items() if is_waiting):
        _enter_waiting_day(day, kinds, now)
        signed = _sign(key, folder, now)
    return signed


def _sign(key: RecordKey, folder: Path, now: datetime) -> Checkpoint | None:
    with reading() as session:
        # Asked every minute, and answered so in most: nobody waits for that.
        if is_signed(session):
            return None
    with transaction() as session:
        return sign_head(session, key, folder, may_be_shown_from(session, now))


def _lately(session: Session, today: date) -> date | None:
    """From which day on it is looked for what is new, so that a minute costs what the day before brought; None, for
    whatever there is, at the first look of a day.
    """
    size = size_of(session)
    last = entry_at(session, size - 1) if size else None
    return None if last is None or last.on < today else today - _DAY


def _enter_plain(settings: Settings, key: RecordKey, today: date, since: date | None) -> None:
    """What waits for no hour."""
    sign = TokenSigner(settings.secrets.signing).sign
    _enter_while_new(lambda session: new_policies(session, today), today)
    _enter_while_new(new_settings, today)
    _enter_while_new(new_quiet_periods, today)
    _enter_while_new(lambda session: new_receipt_key(session, key, today), today)
    _enter_while_new(new_surveys, today)
    _enter_while_new(new_rounds, today)
    _enter_while_new(lambda session: new_lists(session, today, since), today)
    _enter_while_new(lambda session: new_draws(session, since), today)
    quarters = None if since is None else since - _CALLED_WITHIN
    _enter_while_new(lambda session: new_checks(session, AT_ONCE, quarters), today)
    _enter_while_new(lambda session: new_posts(session, AT_ONCE), today)
    _enter_while_new(lambda session: new_codes(session, sign, AT_ONCE, since), today)
    _enter_while_new(lambda session: new_code_ends(session, sign, AT_ONCE, since), today)


def _enter_opened(kinds: Collection[str], now: datetime) -> None:
    """The releases of results that were opened, or let go by a quiet period, after the Monday of their editions."""
    with reading() as session:
        newest = newest_day_entered(session)
        if newest is None or not (was_decided_since_monday(session) or were_let_go(session, newest, now)):
            return
    _enter_releases(newest, kinds, now)


def _enter_releases(due_on: date, kinds: Collection[str], now: datetime) -> None:
    today = day_of(now)

    def releases(session: Session) -> list[NewEntry]:
        ids = releases_to_enter(session, due_on, kinds, _shown_with(session, due_on, now), AT_ONCE)
        return entries_of_releases(session, ids, size_of(session), today)

    _enter_while_new(releases, today)


def _shown_with(session: Session, due_on: date, now: datetime) -> ColumnElement[bool]:
    """Which editions are shown once those of a day are, which may wait for their hour."""
    return in_view(what_is_shown(session, max(now, shown_at(due_on))))


def _enter_hour(now: datetime) -> None:
    """Once an hour, what binds the department to the answers that it has."""
    with reading() as session:
        if not is_hour_due(session, now):
            return
    seal_all()
    with transaction() as session:
        enter(session, new_entries(session, secrets.token_bytes(SALT_BYTES), now), day_of(now))


def _enter_lists(now: datetime) -> None:
    """On Mondays, the confirmation numbers of the week before; never more of them than answers that were told."""
    with reading() as session:
        due = lists_due(session, now, most=told_answers(session))
        without = numbers_without_answers(session, now) if due else 0
    if due:
        if without:
            _log.error("record.numbers: %d more confirmation numbers are listed than answers are sealed", without)
        with transaction() as session:
            enter(session, lists_as_entries(session, due), day_of(now))


def _enter_day(due_on: date, kinds: Collection[str], now: datetime) -> None:
    """The releases of a Monday, and then its editions."""
    today = day_of(now)
    _enter_releases(due_on, kinds, now)
    with transaction() as session:
        enter(session, [entry_of_day(session, due_on, kinds, today)], today)


def _enter_waiting_day(due_on: date, kinds: Collection[str], now: datetime) -> None:
    """The same before its hour: all or none, so that whoever signs next knows that it waits."""
    today = day_of(now)
    with reading() as session:
        ids = releases_to_enter(session, due_on, kinds, _shown_with(session, due_on, now), None)
        new = entries_of_releases(session, ids, size_of(session), today)
        new.append(entry_of_day(session, due_on, kinds, today))
    with transaction() as session:
        enter(session, new, today)


def _public_kinds(session: Session, today: date) -> list[str]:
    return [kind.value for kind in kinds_shown(public_results(session), today)]


def _enter_while_new(source: Callable[[Session], list[NewEntry]], today: date) -> None:
    """What a source has, as long as it has something: found without the write lock, since nobody else enters."""
    while True:
        with reading() as session:
            new = source(session)
        if new:
            with transaction() as session:
                enter(session, new, today)
        if len(new) < AT_ONCE:
            return
        let_others_in()
