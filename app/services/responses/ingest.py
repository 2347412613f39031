"""Responses: judge them, store them once, and say so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Dialect, bindparam, select
from sqlalchemy.orm import Session

from app.domain.codes.placement import admits
from app.domain.codes.token import TOKEN_INVALID, Token
from app.domain.problem import Problem
from app.domain.responses.answers import CheckedAnswers
from app.domain.responses.reason import Reason
from app.domain.responses.receipt_number import in_groups
from app.domain.responses.response import (
    RESPONSE_MALFORMED,
    SURVEY_VERSION_FOREIGN,
    TOO_MANY_COPIES,
    Incoming,
    Receipt,
    Status,
)
from app.domain.responses.verdict import Capture, judge_capture
from app.domain.surveys.survey import REQUIRED_LANGUAGES, Answers, SurveyDefinition
from app.formats.canonical_json import write_json
from app.models import Base
from app.services.prepared_statements import PreparedStatement
from app.services.record.receipts import count_receipts
from app.services.responses.ingest_context import IngestContext
from app.services.responses.judged_response import JudgedResponse
from app.services.responses.repeated import is_repeated, same_sender_within
from app.services.responses.rounds.asked_versions import AskedVersion, read_versions
from app.services.responses.seals.row_marks import VersionNames
from app.services.responses.store import keep_copy, known_digests, store

_placement, _key = (Base.metadata.tables[name].c for name in ("placement", "signing_key"))
_place = Base.metadata.tables["place"].c


class _Placement(NamedTuple):
    id: int
    place_id: int
    survey_id: int
    channel: str
    number: str | None
    key_id: int
    expires_on: date | None
    retired_at: datetime | None
    compromised_on: date | None
    #: of the place
    code: str


class _Key(NamedTuple):
    id: int
    cut_off_on: date | None


_PLACEMENT = select(*(_placement[name] for name in _Placement._fields[:-1]), _place.code).where(
    _placement.id == bindparam("wanted"), _place.id == _placement.place_id
)
_CUT_OFFS = select(*(_key[name] for name in _Key._fields))


def ingest_batch(
    session: Session,
    batch: Sequence[Incoming],
    *,
    ingest: IngestContext,
    now: datetime,
    address_mac: bytes | None = None,
) -> list[Receipt]:
    """Store what can be stored, and give one receipt for each, in order.

    What opens and authenticates is stored; a broken rule sets it aside. `rejected` is only for a code, a survey version
    or a language of it that does not exist. `address_mac` is what screening keeps of the sender for 72 hours.
    """
    desk = _Desk(session, ingest, now, batch, address_mac)
    outcomes = [desk.judge(incoming) for incoming in batch]
    # Of several with one id the first is the response, and the others are judged against it.
    first: dict[UUID, JudgedResponse] = {}
    for outcome in outcomes:
        if isinstance(outcome, JudgedResponse):
            first.setdefault(outcome.incoming.id, outcome)
    stored = store(session, list(first.values()), now, address_mac)
    numbers = {id_: ingest.number_of(first[id_].incoming) for id_ in stored}
    count_receipts(session, list(numbers.values()), now)
    known = known_digests(session, [key for key in first if key not in stored])
    known.update((key, first[key].incoming.digest) for key in stored)
    receipts = []
    for incoming, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, Problem):
            receipts.append(Receipt(incoming.id, Status.REJECTED, problem=outcome))
            continue
        if incoming.id in stored and first[incoming.id] is outcome:
            receipts.append(Receipt(incoming.id, Status.STORED, in_groups(numbers[incoming.id])))
            continue
        if known[incoming.id] == incoming.digest:
            status = Status.DUPLICATE
        elif keep_copy(session, incoming):
            status = Status.STORED
        else:
            receipts.append(Receipt(incoming.id, Status.REJECTED, problem=Problem(TOO_MANY_COPIES)))
            continue
        # Whether it counts is not said, not even of a slip: that would be a signal to stuffers.
        receipts.append(Receipt(incoming.id, status, in_groups(ingest.number_of(incoming))))
    return receipts


def receive_form(
    session: Session,
    *,
    token: Token,
    stamp_text: str,
    survey_version_id: int,
    language: str,
    answers: Answers,
    address_mac: bytes | None,
    ingest: IngestContext,
    now: datetime,
) -> str:
    """Store the answers of a page without script, for a confirmation number; raises the Problem a receipt would carry.

    The server makes the id, so a page that is sent twice is two responses. If sender, placement, stamp and
    answers agree within seconds, or within minutes where the answers hold text that two people would not both
    write, the second is set aside as repeated.
    """
    incoming = Incoming(
        id=uuid4(),
        token=token,
        survey_version_id=survey_version_id,
        language=language,
        claimed_week=None,
        stamp=ingest.codes.stamp(stamp_text),
        body=write_json(answers),
        answers=answers,
        by_form=True,
    )
    (receipt,) = ingest_batch(session, [incoming], ingest=ingest, now=now, address_mac=address_mac)
    if receipt.problem is not None:
        raise receipt.problem
    return in_groups(ingest.number_of(incoming))


class _Desk:
    """What one batch needs from the database, read once: its placements, keys and survey versions."""

    def __init__(
        self,
        session: Session,
        ingest: IngestContext,
        now: datetime,
        batch: Sequence[Incoming],
        address_mac: bytes | None,
    ) -> None:
        self.session, self.ingest, self.now, self.address_mac = session, ingest, now, address_mac
        database = session.connection()
        reads = _reads(database.dialect)
        self.placements = {
            id_: reads.placement.first(database, _Placement._make, wanted=id_)
            for id_ in {incoming.token.placement_id for incoming in batch}
        }
        self.versions = read_versions(session, {incoming.survey_version_id for incoming in batch}, now)
        self.cut_offs = {key.id: key.cut_off_on for key in reads.cut_offs.all(database, _Key._make)}
        # Most of a batch shares one page, and what that page's time says is the same for all of them.
        self.captures: dict[tuple[object, ...], Capture] = {}

    def judge(self, incoming: Incoming) -> JudgedResponse | Problem:
        placement = self.placements.get(incoming.token.placement_id)
        if placement is None or not admits(
            incoming.token, channel=placement.channel, key_id=placement.key_id, number=placement.number
        ):
            return Problem(TOKEN_INVALID)
        version = self.versions.get(incoming.survey_version_id)
        if version is None or version.survey_id != placement.survey_id or version.published_at is None:
            return Problem(SURVEY_VERSION_FOREIGN, version=incoming.survey_version_id)
        survey = self.ingest.survey(self.session, version.id)
        if incoming.language not in {*REQUIRED_LANGUAGES, *survey.definition.languages}:
            return Problem(RESPONSE_MALFORMED, why="these questions were never asked in this language")
        capture = self.capture(incoming, placement, version)
        # What the server asked itself was answered today.
        first_on = capture.last_on if incoming.by_form else capture.first_on
        checked = survey.check_between(incoming.answers, first_on, capture.last_on)
        proof = incoming.device_proof
        repeated = incoming.by_form and self.is_repeated(incoming, survey.definition, checked)
        reasons = capture.reasons + _reasons_within(checked, repeated=repeated) + (proof.reasons if proof else ())
        codes = self.ingest.codes
        marks = codes.serial_mark(incoming.token), codes.code_mark(incoming.token)
        names = VersionNames(version.slug, version.number, survey.texts)
        policy = self.ingest.policy_number(self.session, capture.week)
        place = placement.place_id, placement.code
        return JudgedResponse(
            incoming, *place, names, checked, capture, policy, reasons, *marks, is_blind=version.is_blind
        )

    def is_repeated(self, incoming: Incoming, definition: SurveyDefinition, checked: CheckedAnswers) -> bool:
        within = same_sender_within(definition.questions(), checked.answers)
        return is_repeated(self.session, incoming, within, self.address_mac, self.now)

    def capture(self, incoming: Incoming, placement: _Placement, version: AskedVersion) -> Capture:
        stamp, proof = incoming.stamp, incoming.device_proof
        enrolled = proof is not None and not proof.reasons
        step = incoming.token.time_step
        key = (placement.id, version.id, incoming.token.key_id, step, stamp, incoming.claimed_week, enrolled)
        if key not in self.captures:
            self.captures[key] = judge_capture(
                stamp=stamp,
                stamp_key_cut_off_on=self.cut_offs.get(stamp.key_id) if stamp else None,
                placement_id=placement.id,
                validity=replace(
                    version.validity,
                    expires_on=placement.expires_on,
                    retired_at=placement.retired_at,
                    compromised_on=placement.compromised_on,
                    key_cut_off_on=self.cut_offs.get(incoming.token.key_id),
                ),
                claimed_week=incoming.claimed_week,
                arrived_at=self.now,
                enrolled=enrolled,
                time_step=step,
            )
        return self.captures[key]


class _Reads(NamedTuple):
    placement: PreparedStatement
    cut_offs: PreparedStatement


@lru_cache(maxsize=4)
def _reads(dialect: Dialect) -> _Reads:
    return _Reads(*(PreparedStatement(statement, dialect) for statement in (_PLACEMENT, _CUT_OFFS)))


def _reasons_within(checked: CheckedAnswers, *, repeated: bool) -> tuple[Reason, ...]:
    """The reasons that lie in the response itself, or in its being the second of its kind."""
    holds = {
        Reason.RULES_BROKEN: bool(checked.broken),
        Reason.EMPTY: not checked.answers and not checked.broken,
        Reason.REPEATED: repeated,
    }
    return tuple(reason for reason, held in holds.items() if held)
