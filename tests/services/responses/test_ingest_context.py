"""What is made once for a process to judge responses with."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

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


def test_a_confirmation_number_needs_the_secret_of_this_installation() -> None:
    one, other = IngestContext(SECRETS), IngestContext(replace(SECRETS, receipts=b"x" * 32))
    id_ = UUID(int=1)
    assert one.number_for(id_) == IngestContext(SECRETS).number_for(id_) != other.number_for(id_)
    assert one.number_for(id_) != one.number_for(UUID(int=2))
