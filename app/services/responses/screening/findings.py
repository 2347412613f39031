"""Facts: what was found about answers, kept with them and without the minutes from which it was found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from app.domain.responses.screening.likeness import Fact, Rule
from app.models import Arrival, Finding, Response
from app.services.chunks import chunks
from app.services.locks import Job, share

Facts = Mapping[UUID, list[Fact]]
#: what chance makes once in a hundred times is no fact: under no policy does it set anything aside
LEAST_TAIL = 2
_RULES = tuple(Rule)
#: it says nothing of other answers
MISSED = Fact(Rule.MISSED, 1, 0, 0)


def facts_of(session: Session, ids: Collection[UUID]) -> Facts:
    """What is kept about these answers and others that are like them."""
    found: dict[UUID, list[Fact]] = defaultdict(list)
    columns = (Finding.response_id, Finding.rule, Finding.alike, Finding.expected_tenths, Finding.tail)
    for chunk in chunks(sorted(ids)):
        of_these = select(*columns).where(Finding.response_id.in_(chunk), is_likeness())
        for id_, rule, *numbers in session.execute(of_these):
            found[id_].append(Fact(Rule(rule), *numbers))
    return found


def is_likeness() -> ColumnElement[bool]:
    """The condition under which a finding says something of others, and not of what lay in the answer at arrival."""
    return Finding.rule.in_(_RULES)


def keep_facts(
    session: Session, facts: Mapping[UUID, Iterable[Fact]], week: date, rules: Collection[Rule] = ()
) -> None:
    """Keep these instead of what their rules, and these rules, had found about the same answers. `week`: the present
    one.
    """
    if not facts:
        return
    share(session, Job.SHUFFLE)
    rows = [
        {
            "response_id": id_,
            "rule": fact.rule.value,
            "alike": fact.alike,
            "expected_tenths": fact.expected_tenths,
            "tail": fact.tail,
            "week": week,
        }
        for id_, listed in facts.items()
        for fact in listed
        if _tells(fact)
    ]
    asked = {fact.rule.value for listed in facts.values() for fact in listed} | {rule.value for rule in rules}
    for chunk in chunks(sorted(facts)):
        session.execute(delete(Finding).where(Finding.response_id.in_(chunk), Finding.rule.in_(asked)))
    if rows:
        session.execute(insert(Finding), rows)


def mark_unscreened(session: Session, before: datetime, week: date) -> None:
    """Mark those that arrived before this moment and that nobody has screened: their minutes are forgotten now."""
    missed = select(Response.id).join(Arrival, Arrival.response_id == Response.id)
    ids = session.scalars(missed.where(Arrival.arrived_at < before, Arrival.is_screened.is_(False))).all()
    keep_facts(session, {id_: [MISSED] for id_ in ids}, week)


def lately_found(session: Session) -> list[UUID]:
    """The answers about which something is kept while the minute of their arrival is known still."""
    found = select(Finding.response_id).join(Arrival, Arrival.response_id == Finding.response_id)
    return list(session.scalars(found.distinct().order_by(Finding.response_id)))


def _tells(fact: Fact) -> bool:
    return fact.tail >= LEAST_TAIL or fact.rule is Rule.MISSED
