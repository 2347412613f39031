"""Counting failed sign-ins, under keys that name nobody."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.accounts.sign_in_delay import (
    FORGET_AFTER,
    LONGEST_WAIT,
    SIGN_IN_WAIT,
    DelayRule,
    Failures,
)
from app.domain.clocks import CLOCKS_APART
from app.domain.problem import Problem
from app.models import SignInDelay


@dataclass(frozen=True, slots=True)
class FailureCounter:
    """One thing that attempts are counted by, with the rule for it. Under one that only counts, nobody waits."""

    key: bytes
    rule: DelayRule
    only_counts: bool = False


def failure_counter(
    secret: bytes, purpose: str, value: str, rule: DelayRule, *, only_counts: bool = False
) -> FailureCounter:
    """The counter of, say, an account name. Its key is an HMAC, so the table lists no names or addresses."""
    key = hmac.digest(secret, f"samvad.sign_in_delay.{purpose}:{value}".encode(), "sha256")
    return FailureCounter(key, rule, only_counts)


def failures_under(session: Session, counter: FailureCounter, now: datetime) -> int:
    """How much failed lately. Nothing is locked or counted by asking."""
    row = session.get(SignInDelay, counter.key)
    lately = row is not None and not Failures(row.failures, row.not_before_at).is_forgotten(now)
    return row.failures if row is not None and lately else 0


def network_of(address: str) -> str:
    """What an address counts as: an IPv4 address itself, of IPv6 the /64 that one customer has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def count_attempt(session: Session, counters: tuple[FailureCounter, ...], now: datetime) -> tuple[int | None, ...]:
    """Count an attempt as failed before it is looked at; Problem `sign_in.wait` if it comes too early.

    Counted first, since a hundred guesses sent at once would otherwise all find the count of before.
    `forgive` takes it back when the attempt turns out right. Answers, for each counter, how many attempts it
    counts if that is a step worth recording, else None.
    """
    found = [(each, _locked(session, each, now)) for each in counters]
    waiting = ((each.rule, row) for each, row in found if not each.only_counts)
    waits = (Failures(row.failures, row.not_before_at).wait(rule, now) for rule, row in waiting)
    wait = max(waits, default=timedelta())
    if wait > timedelta():
        raise Problem(SIGN_IN_WAIT, seconds=ceil(wait.total_seconds()))
    steps: list[int | None] = []
    for each, row in found:
        counted = Failures(row.failures, row.not_before_at).one_more(each.rule, now)
        row.failures, row.not_before_at = counted.count, counted.not_before_at
        steps.append(counted.count if each.rule.is_step(counted.count) else None)
    session.execute(delete(SignInDelay).where(SignInDelay.not_before_at < now - FORGET_AFTER))
    return tuple(steps)


def forgive(session: Session, counters: Sequence[FailureCounter], now: datetime, whole: bool = True) -> None:
    """Forget the failures under these keys, or, if not `whole`, only the attempt that was just counted."""
    for each in counters:
        row = session.get(SignInDelay, each.key, with_for_update=True, populate_existing=True)
        if row is not None and (whole or row.failures <= 1):
            session.delete(row)
        elif row is not None:
            row.failures, row.not_before_at = row.failures - 1, now


def settle_future_delays(session: Session, now: datetime) -> int:
    """Take what a clock that was ahead has written for now, so that it is forgotten in its time; how many there were.

    Those that somebody is just counting are left for the next time: two who wait for each other's rows would both fail.
    """
    latest = now + LONGEST_WAIT + CLOCKS_APART
    ahead = select(SignInDelay).where(SignInDelay.not_before_at > latest).with_for_update(skip_locked=True)
    rows = session.scalars(ahead).all()
    for row in rows:
        row.not_before_at = now
    return len(rows)


def _locked(session: Session, each: FailureCounter, now: datetime) -> SignInDelay:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    empty = {"key": each.key, "failures": 0, "not_before_at": now}
    session.execute(insert(SignInDelay).values(empty).on_conflict_do_nothing())
    return session.get_one(SignInDelay, each.key, with_for_update=True, populate_existing=True)
