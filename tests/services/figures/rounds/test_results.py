"""What comes of a round: nothing is counted before its day, then one block of its place for each class of answers."""

import hashlib
import json
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.figures.report import ShareKind
from app.domain.surveys.rounds.round import RoundState
from app.domain.weeks import Weeks
from app.jobs.checking import check_cells
from app.jobs.editions import make_editions
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all, publish_rounds
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.models import EditionRelease, Place, Release, ReleaseMember, ReleasePart, Tally, TallyMark, WaitingCell
from app.services.figures.overviews import exact_figures, set_aside_answers
from app.services.figures.release_queries import releases_of, verify_releases
from app.services.figures.rounds.results import round_report, round_sections, rounds_due
from app.services.figures.tallies import count_marks
from app.services.responses.placement_counts import responses_by_placement
from app.services.surveys.round_queries import blind_versions, document_of, get_round, newest_round
from app.services.surveys.rounds import cancel_round
from app.transaction import reading, transaction
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.surveys.rounds import (
    CLOSED_AT,
    DATES,
    OPEN_AT,
    QUIZ,
    RESULTS_AT,
    Ballot,
    add_ballot,
    answer,
)

pytestmark = pytest.mark.both_databases
YES = {"first": "patrol", "second": "yes"}
NO = {"first": "traffic", "second": "no"}
SPAN = Weeks(date(2026, 6, 1), date(2026, 7, 27))
WHY = {"hi": "भूल", "en": "A mistake"}


@pytest.fixture
def ballot(app: Flask) -> Ballot:
    with transaction() as session:
        return add_ballot(session)


def counts() -> dict[str, int]:
    """How many rows there are of all that is made by counting."""
    models = (Tally, TallyMark, WaitingCell, Release, ReleaseMember)
    with reading() as session:
        return {model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in models}


def nothing(told: dict[str, int]) -> bool:
    return not any(told.values())


def run_all(now: datetime) -> None:
    """Every job that counts."""
    fold_all()
    publish_all(now)
    make_editions(now)
    begin_rebuild()
    go_on_rebuilding()
    check_cells(now.date())
    publish_rounds(now)


def test_nothing_is_counted_before_its_day(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 12, *[{}] * 3)
    answer(ballot, *[NO] * 11, placement_id=ballot.poster_ids[0])
    for now in (OPEN_AT, CLOSED_AT, RESULTS_AT - timedelta(seconds=1)):
        run_all(now)
        assert nothing(counts())
        with reading() as session:
            assert blind_versions(session) == {ballot.version_id}
            assert responses_by_placement(session, [ballot.link_id, *ballot.poster_ids]) == {}
            assert not set_aside_answers(session, ballot.state_id, "ballot", SPAN).rows


def test_on_its_day_there_is_one_block_of_each_class_and_everything_is_counted(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 30, *[NO] * 12, *[{"first": "fraud"}] * 12)
    answer(ballot, *[NO] * 11, placement_id=ballot.poster_ids[0])
    assert publish_rounds(RESULTS_AT) == 1
    with reading() as session:
        (release,) = session.scalars(select(Release)).all()
        assert (release.place_id, release.kind, release.number) == (ballot.state_id, "own", 1)
        assert (release.evidence, release.responses) == ("open", 65)
        assert session.scalar(select(func.count()).select_from(ReleasePart)) == 0
        view = get_round(session, ballot.round_id, RESULTS_AT)
        assert view.state is RoundState.PUBLISHED
        document = json.loads(document_of(session, view) or "")
        assert document["announced"]["round"] == 1
        (section,) = round_sections(session, ballot.version_id, document_of(session, view) or "")
        first, second = section.questions
        assert [cell.name for cell in first.cells] == ["patrol", "traffic", "fraud"]
        assert [cell.share.kind for cell in first.cells] == [ShareKind.ABOUT] * 3
        assert {cell.name: cell.share.percent for cell in second.cells} == {"yes": 55, "no": 45}
        assert round_report(session, view, RESULTS_AT.date()).digest == view.digest
        (figures,) = exact_figures(session, ballot.state_id, "ballot", SPAN)
        assert figures.responses == 65
        assert verify_releases(session).faults == []
        assert blind_versions(session) == frozenset()
        assert count_marks(session) == 0
    assert publish_rounds(RESULTS_AT) == 0


def test_a_quiz_tells_its_key_with_its_results(app: Flask) -> None:
    with transaction() as session:
        quiz = add_ballot(session, QUIZ, slug="quiz")
    answer(quiz, *[{"first": "traffic"}] * 10)
    publish_rounds(RESULTS_AT)
    with reading() as session:
        document = json.loads(document_of(session, get_round(session, quiz.round_id, RESULTS_AT)) or "")
    assert document["keys"] == {"first": "traffic"}
    assert document["fingerprint"] == QUIZ.fingerprint


def test_fewer_than_ten_is_the_result(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 9)
    assert publish_rounds(RESULTS_AT) == 1
    with reading() as session:
        view = get_round(session, ballot.round_id, RESULTS_AT)
        assert view.state is RoundState.PUBLISHED
        assert json.loads(document_of(session, view) or "")["sections"] == []
        assert session.scalar(select(func.count()).select_from(Release)) == 0
    # Nor is it pooled anywhere later.
    run_all(RESULTS_AT + timedelta(weeks=60))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Release)) == 0


def test_nobody_isolates_fewer_than_ten(ballot: Ballot) -> None:
    """Nine that were set aside are in no block, and no later one takes them in."""
    answer(ballot, *[YES] * 20)
    answer(ballot, *[NO] * 9, at=CLOSED_AT)
    publish_rounds(RESULTS_AT)
    run_all(RESULTS_AT + timedelta(weeks=60))
    with reading() as session:
        release = session.scalars(select(Release)).one()
        members = session.scalar(select(func.count()).select_from(ReleaseMember))
    assert (release.evidence, release.responses, members) == ("open", 20, 20)
    assert json.loads(release.set_aside)["responses"] == 0


def test_it_enters_no_block_edition_or_sum_of_places(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    publish_rounds(RESULTS_AT)
    for weeks in range(3):
        run_all(RESULTS_AT + timedelta(weeks=weeks))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Release)) == 1
        assert session.scalar(select(func.count()).select_from(EditionRelease)) == 0
        assert releases_of(session, ballot.state_id, [ballot.version_id]) == []


def test_what_arrives_after_the_results_changes_nothing_and_says_why(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    publish_rounds(RESULTS_AT)
    with reading() as session:
        before = document_of(session, get_round(session, ballot.round_id, RESULTS_AT))
    answer(ballot, *[NO] * 15, at=RESULTS_AT + timedelta(hours=1), opened=OPEN_AT)
    run_all(RESULTS_AT + timedelta(days=30))
    with reading() as session:
        assert document_of(session, get_round(session, ballot.round_id, RESULTS_AT)) == before
        aside = set_aside_answers(session, ballot.state_id, "ballot", SPAN)
        assert aside.total == 15
        assert {reason for one in aside.rows for reason in one.reasons} == {"after_results"}


def test_what_arrives_between_ten_and_eleven_is_told_as_set_aside(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    answer(ballot, *[NO] * 10, at=DATES.taken_until, opened=OPEN_AT)
    answer(ballot, *[NO] * 10, at=CLOSED_AT)
    publish_rounds(RESULTS_AT)
    with reading() as session:
        release = session.scalars(select(Release)).one()
    assert release.responses == 20
    assert json.loads(release.set_aside)["reasons"] == {"after_results": 10, "survey_closed": 10}


def test_the_page_that_was_opened_in_time_counts_whenever_it_arrives(ballot: Ballot) -> None:
    closes = DATES.closes_at
    answer(ballot, *[YES] * 10, at=closes + timedelta(days=6), opened=closes - timedelta(minutes=1))
    answer(ballot, *[NO] * 10, at=closes + timedelta(days=6), opened=closes + timedelta(hours=1))
    answer(ballot, *[NO] * 10, at=OPEN_AT, opened=DATES.opens_at - timedelta(hours=2))
    answer(ballot, *[YES] * 3, at=OPEN_AT, opened=DATES.opens_at + timedelta(minutes=1))
    publish_rounds(RESULTS_AT)
    with reading() as session:
        release = session.scalars(select(Release)).one()
    assert release.responses == 13
    assert json.loads(release.set_aside)["reasons"] == {"before_opening": 10, "survey_closed": 10}


def test_of_a_cancelled_one_nothing_is_ever_counted(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    with transaction() as session:
        cancel_round(session, ballot.round_id, WHY, actor_id=ballot.approver, now=CLOSED_AT)
    answer(ballot, *[YES] * 5, at=CLOSED_AT)
    run_all(RESULTS_AT + timedelta(weeks=60))
    assert nothing(counts())


def test_a_clock_that_was_set_back_takes_nothing_away(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    publish_rounds(RESULTS_AT)
    with reading() as session:
        assert rounds_due(session, OPEN_AT) == []
        assert get_round(session, ballot.round_id, OPEN_AT).state is RoundState.PUBLISHED
        found = newest_round(session, ballot.survey_id, OPEN_AT)
    assert found is not None
    assert found.state is RoundState.PUBLISHED


def test_a_machine_that_was_down_publishes_at_its_next_start(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 20)
    assert publish_rounds(RESULTS_AT + timedelta(days=3)) == 1


def test_in_a_quiet_period_results_are_made_on_their_day_and_shown_at_its_end(ballot: Ballot) -> None:
    answer(ballot, *[YES] * 30, *[NO] * 12)
    until = RESULTS_AT + timedelta(days=9)
    with transaction() as session:
        state = session.get_one(Place, ballot.state_id)
        add_quiet(session, (ballot.planner, ballot.approver), [state], CLOSED_AT, until)
        announced = document_of(session, get_round(session, ballot.round_id, CLOSED_AT))
    assert publish_rounds(RESULTS_AT) == 1
    for at in (RESULTS_AT, until - timedelta(seconds=1)):
        with reading() as session:
            view = get_round(session, ballot.round_id, at)
            assert view.state is RoundState.HELD
            assert view.state.is_public
            assert view.held is not None
            assert (view.held.order, view.shown_from, view.times.published_at) == (ORDER, until, RESULTS_AT)
            assert document_of(session, view) == announced
    with reading() as session:
        view = get_round(session, ballot.round_id, until)
        assert (view.state, view.held, view.shown_from) == (RoundState.PUBLISHED, None, None)
        shown = document_of(session, view)
    assert shown is not None
    assert hashlib.sha256(shown.encode()).hexdigest() == view.digest


def test_results_that_were_shown_are_not_taken_back(ballot: Ballot) -> None:
    assert publish_rounds(RESULTS_AT) == 1
    with transaction() as session:
        state = session.get_one(Place, ballot.state_id)
        begun = RESULTS_AT + timedelta(minutes=5)
        people = (ballot.planner, ballot.approver)
        add_quiet(session, people, [state], CLOSED_AT, begun + timedelta(days=9), now=begun)
    with reading() as session:
        assert get_round(session, ballot.round_id, begun).state is RoundState.PUBLISHED
