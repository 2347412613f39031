"""What is made once for a process to judge responses with."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming
from app.domain.responses.screening.policy import POLICY_VERSION, Policy
from app.models import ScreeningPolicy
from app.services.responses.ingest_context import IngestContext
from tests.factories import VISIT, add_place, add_survey
from tests.factories.responses.policies import put_in_force, two_accounts
from tests.factories.surveys.surveys import definition, question
from tests.fixtures.secrets import SECRETS


def test_each_version_is_compiled_once_and_judged_by_its_own_questions(session: Session) -> None:
    context = IngestContext(SECRETS)
    visit, other = add_survey(session, VISIT), add_survey(session, definition([question("age", "integer")]))
    today = date(2026, 6, 10)
    answers = {"age": 30, "respect": 4}
    assert context.survey(session, visit.id).check(answers, today).answers == {"respect": 4}
    assert context.survey(session, other.id).check(answers, today).answers == {"age": 30}
    assert context.survey(session, visit.id) is context.survey(session, visit.id)


def incoming(id_: UUID, receipt: bytes | None = None) -> Incoming:
    token = Token(Channel.POSTER, 0, 7)
    return Incoming(id_, token, 1, "hi", None, stamp=None, body=b"{}", answers={}, receipt=receipt)


def test_the_servers_confirmation_number_needs_the_secret_of_this_installation() -> None:
    one, other = IngestContext(SECRETS), IngestContext(replace(SECRETS, receipts=b"x" * 32))
    first, second = incoming(UUID(int=1)), incoming(UUID(int=2))
    assert one.number_of(first) == IngestContext(SECRETS).number_of(first) != other.number_of(first)
    assert one.number_of(first) != one.number_of(second)


def test_a_number_that_the_device_made_has_nothing_to_do_with_the_answer() -> None:
    one, other = IngestContext(SECRETS), IngestContext(replace(SECRETS, receipts=b"x" * 32))
    secret = bytes(range(16))
    assert (
        one.number_of(incoming(UUID(int=1), secret)) == other.number_of(incoming(UUID(int=2), secret)) == 895986991646
    )


def test_the_policy_of_a_week_that_has_begun_is_read_once(session: Session) -> None:
    context = IngestContext(SECRETS)
    since, week = date(2026, 7, 6), timedelta(weeks=1)
    two = two_accounts(session, add_place(session, kind="state"))
    chosen = put_in_force(session, two, Policy(8, 4, 7), since)
    assert context.policy_number(session, since - week) == POLICY_VERSION
    assert context.policy_number(session, since) == context.policy_number(session, since + week) == chosen.number
    session.execute(delete(ScreeningPolicy))
    assert context.policy_number(session, since) == chosen.number
