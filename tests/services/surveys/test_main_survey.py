from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.models import Department
from app.services.surveys.main_survey import choose_main_survey, main_survey
from app.services.surveys.surveys import close_survey, import_draft, publish_draft, read_starter

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def publish(session: Session, name: str) -> None:
    import_draft(session, read_starter(name), actor_id=None, now=NOW)
    publish_draft(session, name, actor_id=None, now=NOW)


def test_the_first_questionnaire_that_is_published_and_no_poll(any_session: Session) -> None:
    any_session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
    assert main_survey(any_session) is None
    publish(any_session, "example-poll")
    assert main_survey(any_session) is None
    publish(any_session, "station-visit")
    publish(any_session, "public-perception")
    assert main_survey(any_session) == "station-visit"


def test_another_is_chosen_and_only_one_that_is_published(any_session: Session) -> None:
    any_session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
    for name in ("station-visit", "public-perception", "example-poll"):
        publish(any_session, name)
    choose_main_survey(any_session, "public-perception", actor_id=None, now=NOW)
    assert main_survey(any_session) == "public-perception"
    close_survey(any_session, "station-visit", actor_id=None, now=NOW)
    for unfit in ("station-visit", "example-poll"):
        with pytest.raises(Problem, match=r"survey\.not_main"):
            choose_main_survey(any_session, unfit, actor_id=None, now=NOW)
    with pytest.raises(Problem, match=r"survey\.unknown"):
        choose_main_survey(any_session, "nothing", actor_id=None, now=NOW)
