from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.services.codes.share_kits import link_card
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement


def test_a_card_names_the_questionnaire_and_the_place(any_session: Session) -> None:
    station, survey = add_place(any_session), add_survey(any_session)
    for post in ("X", "Facebook"):
        add_placement(any_session, station, survey, channel=Channel.HANDLE, hung_at=post)
    card = link_card(any_session, survey.survey_id, station.id, datetime.now(UTC))
    assert card.place == BilingualName("थाना उदाहरण", "Udaharan")
    assert card.title.in_language("hi")


def test_there_is_none_where_no_link_was_issued(any_session: Session) -> None:
    station, survey = add_place(any_session), add_survey(any_session)
    add_placement(any_session, station, survey, channel=Channel.POSTER)
    with pytest.raises(Problem, match=r"placement\.unknown"):
        link_card(any_session, survey.survey_id, station.id, datetime.now(UTC))
