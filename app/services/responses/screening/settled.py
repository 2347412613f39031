"""What is found about answers before they enter a block, over ten weeks, and setting copies aside."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.responses.screening.dated_policies import Policies
from app.domain.responses.screening.likeness import LONG_AFTER, LONG_BEFORE, Dated, Fact, Rule, long_facts
from app.domain.responses.screening.policy import is_copied, lot
from app.domain.responses.verdict import Decision
from app.models import Response, Verdict
from app.services.responses.marks import Change, mark_changes
from app.services.responses.screening.findings import facts_of, keep_facts
from app.services.responses.screening.screener import Group, Screener, compared, row_of
from app.services.responses.seals.later_verdicts import write_verdicts
from app.services.responses.seals.row_marks import MarkedVerdict
from app.services.responses.verdicts import COPIED, holds

#: under this the session of a job carries the key of the lots, which never enters the database
LOT_KEY = "samvad.lot_key"
_ROWS_AT_ONCE = 2_000


class Judged(NamedTuple):
    """An answer that may enter a block: its week, and the place of the verdict that holds among its verdicts."""

    week: date
    sequence: int


class Findings(NamedTuple):
    """What was found about answers that may enter a block, and which are copies by the policies of their weeks."""

    facts: Mapping[UUID, list[Fact]]
    copies: Mapping[UUID, Judged]
    policies: Policies


def find_copies(session: Session, screener: Screener, group: Group, judged: Mapping[UUID, Judged]) -> Findings:
    """Hold these answers of a group, all of which count so far, against those of ten weeks. Needs no lock."""
    form, policies = screener.form(session, group.survey_version_id), screener.policies(session)
    if form is None or not judged:
        return Findings({}, {}, policies)
    first = min(one.week for one in judged.values()) - LONG_BEFORE
    last = max(one.week for one in judged.values()) + LONG_AFTER
    rows = session.execute(
        select(Response.id, Response.week, Response.answers)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(Response.place_id == group.place_id, Response.survey_version_id == group.survey_version_id)
        .where(Response.week.between(first, last), Response.channel.in_(group.channels), holds(), compared())
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    answers = [Dated(id_, week, row_of(form, text)) for id_, week, text in rows]
    found = long_facts(answers, judged, screener.ways(session, group.survey_version_id))
    kept = facts_of(session, judged)
    # What the weeks told when they were asked before is replaced, also by nothing.
    asked_before = {id_ for id_, facts in kept.items() if any(fact.rule is Rule.LONG for fact in facts)}
    facts = {id_: [found[id_]] if id_ in found else [] for id_ in found.keys() | asked_before}
    others = {id_: [fact for fact in listed if fact.rule is not Rule.LONG] for id_, listed in kept.items()}
    key: bytes = session.info[LOT_KEY]
    copies = {
        id_: one
        for id_, one in judged.items()
        if is_copied([*facts.get(id_, ()), *others.get(id_, ())], lot(key, id_), policies.of(one.week).values)
    }
    return Findings(facts, copies, policies)


def keep_findings(session: Session, found: Findings, week: date) -> None:
    """Keep what was found, and set copies aside by another verdict, which the counts then follow.

    The caller keeps out whoever rewrites responses. `week`: the present one.
    """
    if found.facts:
        keep_facts(session, found.facts, week, {Rule.LONG})
    if not found.copies:
        return
    write_verdicts(
        session,
        [
            MarkedVerdict(
                response_id=id_,
                sequence=one.sequence + 1,
                verdict=Decision.SET_ASIDE.value,
                reasons=COPIED,
                policy_version=found.policies.of(one.week).number,
                week=one.week,
                account_id=None,
            )
            for id_, one in sorted(found.copies.items())
        ],
    )
    mark_changes(session, [Change(id_, one.sequence + 1) for id_, one in sorted(found.copies.items())])
