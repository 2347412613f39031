"""What is made once for a process to judge responses with."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming
from app.services.responses.ingest_context import IngestContext
from tests.factories import VISIT, add_survey
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
