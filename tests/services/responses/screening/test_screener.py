"""What answers are held against."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.responses.screening.dated_policies import BUILT_IN
from app.domain.responses.screening.ways import UNKNOWN_SHARE
from app.services.responses.screening.screener import Screener, keep_ways, missing_ways, read_ways, row_of
from tests.factories import VISIT, add_place, add_responses, add_survey
from tests.factories.responses.alike import ASKED, COPY
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.services.responses.shuffling.answered import WEEK

pytestmark = pytest.mark.both_databases
KEY = b"a key of an installation"


def test_a_questionnaire_whose_first_page_is_short_has_no_form_and_no_ways(any_session: Session) -> None:
    version = add_survey(any_session, VISIT)
    screener = Screener(WEEK)
    assert screener.form(any_session, version.id) is None
    assert missing_ways(any_session, screener) == []


def test_ways_are_those_of_counted_answers_everywhere(any_session: Session) -> None:
    version = add_survey(any_session, ASKED)
    other = {**COPY, "heard": 4}
    for number, answers, reasons in ((300, COPY, []), (300, other, []), (90, COPY, ["late"])):
        add_responses(any_session, add_place(any_session), version, WEEK, [answers] * number, reasons=reasons)
    screener = Screener(WEEK)
    assert (version.id, WEEK) in missing_ways(any_session, screener)
    keep_ways(any_session, {(version.id, WEEK): read_ways(any_session, screener, version.id, WEEK, KEY)}, WEEK)
    assert (version.id, WEEK) not in missing_ways(any_session, screener)
    form = screener.form(any_session, version.id)
    assert form is not None
    ways = screener.ways(any_session, version.id)
    row = row_of(form, '{"heard":5,"overall":5,"purpose":"complaint","respect":5}')
    assert ways.share(row) == pytest.approx(301 / 650)
    # A later run forgets them with their half a year.
    keep_ways(
        any_session,
        {
            (version.id, WEEK + timedelta(weeks=30)): read_ways(
                any_session, screener, version.id, WEEK + timedelta(weeks=30), KEY
            )
        },
        WEEK + timedelta(weeks=5),
    )
    assert Screener(WEEK).ways(any_session, version.id).share(row) == UNKNOWN_SHARE


def test_a_run_reads_the_policies_once(any_session: Session) -> None:
    """However many groups it judges, and whatever is confirmed meanwhile."""
    screener, later = Screener(WEEK), WEEK + timedelta(weeks=4)
    assert screener.policies(any_session).of(later) == BUILT_IN
    chosen = put_in_force(any_session, two_accounts(any_session, add_place(any_session)), STRICTER, later)
    assert screener.policies(any_session).of(later) == BUILT_IN
    assert Screener(WEEK).policies(any_session).of(later) == chosen
