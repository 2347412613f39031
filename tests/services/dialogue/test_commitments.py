"""Promises: who may do what about them, and when; on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from flask import Flask

from app.domain.dialogue.commitment import Commitment, State, Step
from app.domain.dialogue.commitment_quote import Figure
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.domain.weeks import WEEK, day_of
from app.models import Account, AuditEntry, Place
from app.services.dialogue.commitment_queries import find_commitment, find_published, published_commitments
from app.services.dialogue.commitments import approve, discard, draft, finish, give_back, move, propose, rewrite
from app.services.installation.public_results import decide_public_results
from app.services.places.changes import is_removable, retire_place
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.dialogue.commitments import DAY, FIGURE, MONDAY, SAID, PromisingDepartment, wording
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    return PromisingDepartment.begin()


def do(action: Callable[..., object], *arguments: object) -> None:
    with transaction() as session:
        action(session, *arguments)


def refused(action: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Problem) as caught:
        do(action, *arguments)
    return caught.value.code


def found(commitment_id: int) -> Commitment:
    with reading() as session:
        return find_commitment(session, commitment_id)


def late(commitment_id: int, now: datetime) -> int:
    return found(commitment_id).days_late(day_of(now))


def test_from_a_draft_to_what_became_of_it(department: PromisingDepartment) -> None:
    made = department.draft()
    assert (found(made).state, found(made).number) == (State.DRAFT, None)
    do(propose, made, department.heads["busy"], MONDAY)
    do(approve, made, department.heads["district"], MONDAY + DAY)
    with reading() as session:
        promise = find_published(session, department.ids["busy"], 1)
    assert (promise.id, promise.state, promise.opened_on) == (made, State.OPEN, (MONDAY + DAY).date())
    do(finish, made, Step.DONE, SAID, department.heads["busy"], MONDAY + 20 * DAY)
    promise = found(made)
    assert (promise.state, promise.ended_on) == (State.DONE, (MONDAY + 20 * DAY).date())
    assert promise.ended is not None
    assert promise.ended.texts == SAID
    with reading() as session:
        entries = session.query(AuditEntry).filter(AuditEntry.action.like("commitment.%"))
        actions = [row.action for row in entries.order_by(AuditEntry.sequence)]
    assert actions == [f"commitment.{step}" for step in ("drafted", "proposed", "opened", "done")]


def test_a_fourth_is_refused_and_the_three_are_named(department: PromisingDepartment) -> None:
    for _ in range(3):
        department.open()
    with pytest.raises(Problem) as caught:
        department.draft()
    assert caught.value.code == "commitment.too_many"
    assert caught.value.sentence().count("Two counters will be open at noon.") == 3


def test_a_draft_takes_no_place_and_one_that_ended_gives_it_back(department: PromisingDepartment) -> None:
    drafts = [department.draft() for _ in range(4)]
    for one in drafts[:3]:
        do(propose, one, department.heads["busy"], MONDAY)
    assert refused(propose, drafts[3], department.heads["busy"], MONDAY) == "commitment.too_many"
    do(give_back, drafts[0], "Say more.", department.heads["district"], MONDAY)
    do(propose, drafts[3], department.heads["busy"], MONDAY)
    do(approve, drafts[3], department.heads["district"], MONDAY)
    assert refused(propose, drafts[0], department.heads["busy"], MONDAY) == "commitment.too_many"
    do(finish, drafts[3], Step.WITHDRAWN, SAID, department.heads["busy"], MONDAY)
    do(propose, drafts[0], department.heads["busy"], MONDAY)


def test_of_four_who_send_at_once_three_come_through(app: Flask, department: PromisingDepartment) -> None:
    drafts = [department.draft() for _ in range(4)]
    outcomes = _at_once(app, [(propose, one, department.heads["busy"], MONDAY) for one in drafts])
    assert sorted(outcomes) == ["", "", "", "commitment.too_many"]


def test_of_two_who_approve_at_once_one_does(app: Flask, department: PromisingDepartment) -> None:
    made = department.propose()
    heads = department.heads["district"], department.heads["admin"]
    outcomes = _at_once(app, [(approve, made, head, MONDAY) for head in heads])
    assert sorted(outcomes) == ["", "commitment.wrong_state"]
    assert [event.step for event in found(made).events].count(Step.OPENED) == 1


def test_two_promises_approved_at_once_have_two_numbers(app: Flask, department: PromisingDepartment) -> None:
    made = [department.propose(), department.propose()]
    assert _at_once(app, [(approve, one, department.heads["district"], MONDAY) for one in made]) == ["", ""]
    with reading() as session:
        numbers = [one.number for one in published_commitments(session, department.ids["busy"])]
    assert sorted(filter(None, numbers)) == [1, 2]


def test_nobody_approves_what_they_wrote_or_what_is_their_own_place(department: PromisingDepartment) -> None:
    heads = department.heads
    by_admin = department.draft()
    do(rewrite, by_admin, wording(), heads["admin"], MONDAY)
    do(propose, by_admin, heads["busy"], MONDAY)
    # Whoever wrote a part of it, too.
    assert refused(approve, by_admin, heads["admin"], MONDAY) == "commitment.same_person"
    assert refused(approve, by_admin, heads["busy"], MONDAY) == "commitment.same_person"
    assert refused(approve, by_admin, heads["quiet"], MONDAY) == "commitment.not_approver"
    own = department.propose("district")
    assert refused(approve, own, heads["district"], MONDAY) == "commitment.same_person"
    with transaction() as session:
        account = session.get_one(Account, heads["district"])
        other = Account(
            username="other", name="Another head", role=account.role, place_id=account.place_id, language="en",
            password_hash=account.password_hash,
        )  # fmt: skip
        session.add(other)
        session.flush()
        heads["other"] = other.id
    assert refused(approve, own, heads["other"], MONDAY) == "commitment.not_approver"
    do(approve, own, heads["admin"], MONDAY)
    do(approve, by_admin, heads["other"], MONDAY)


def test_an_approver_who_was_switched_off_in_between_approves_nothing(department: PromisingDepartment) -> None:
    made = department.propose()
    with transaction() as session:
        session.get_one(Account, department.heads["district"]).disabled_at = MONDAY
    assert refused(approve, made, department.heads["district"], MONDAY) == "commitment.actor_gone"
    do(approve, made, department.heads["admin"], MONDAY)


def test_what_a_switched_off_author_sent_can_still_be_approved_or_given_back(department: PromisingDepartment) -> None:
    made, other = department.propose(), department.propose()
    with transaction() as session:
        session.get_one(Account, department.heads["busy"]).disabled_at = MONDAY
    do(approve, made, department.heads["district"], MONDAY)
    do(give_back, other, "The day is too near.", department.heads["district"], MONDAY)
    assert refused(finish, made, Step.DONE, SAID, department.heads["busy"], MONDAY) == "commitment.actor_gone"


def test_it_is_late_on_the_day_after_its_first_day_and_moving_it_does_not_help(department: PromisingDepartment) -> None:
    made = department.open(days=30)
    due = MONDAY + 30 * DAY
    assert [late(made, due + n * DAY) for n in (-1, 0, 1, 2)] == [0, 0, 1, 2]
    do(move, made, day_of(due + 30 * DAY), SAID, department.heads["busy"], due - DAY)
    promise = found(made)
    assert (promise.first_due_on, promise.due_on, promise.is_moved) == (due.date(), (due + 30 * DAY).date(), True)
    assert late(made, due + DAY) == 1
    # A clock that was set back makes nothing late, and loses nothing.
    assert late(made, due - DAY) == 0
    do(finish, made, Step.NOT_DONE, SAID, department.heads["busy"], due + 3 * DAY)
    assert late(made, due + 9 * DAY) == 0


def test_a_clock_that_was_set_back_does_not_turn_the_order(department: PromisingDepartment) -> None:
    made = department.open()
    do(finish, made, Step.DONE, SAID, department.heads["busy"], MONDAY - 5 * DAY)
    events = found(made).events
    assert [event.step for event in events] == [Step.DRAFTED, Step.PROPOSED, Step.OPENED, Step.DONE]
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert found(made).ended_on == MONDAY.date()


def test_a_day_is_a_week_to_half_a_year_away_and_moves_forward_alone(department: PromisingDepartment) -> None:
    for days in (6, 181, -1):
        with pytest.raises(Problem, match="due_range"):
            department.draft(days=days)
    for days in (7, 180):
        department.draft(days=days)
    made = department.open(days=30)
    head = department.heads["busy"]
    for day, code in ((30, "due_earlier"), (8, "due_earlier"), (181, "due_range")):
        assert refused(move, made, day_of(MONDAY + day * DAY), SAID, head, MONDAY) == f"commitment.{code}"
    assert refused(move, made, day_of(MONDAY + 40 * DAY), {"en": "Rain."}, head, MONDAY) == "commitment.text_missing"


def test_one_whose_day_came_while_it_waited_is_not_approved(department: PromisingDepartment) -> None:
    made = department.propose(days=7)
    now = MONDAY + 7 * DAY
    assert refused(approve, made, department.heads["district"], now) == "commitment.due_over"
    do(give_back, made, "Another day, please.", department.heads["district"], now)
    assert refused(propose, made, department.heads["busy"], now) == "commitment.due_range"


def test_giving_back_needs_a_reason_unless_it_is_ones_own(department: PromisingDepartment) -> None:
    made = department.propose()
    assert refused(give_back, made, " ", department.heads["district"], MONDAY) == "commitment.text_missing"
    assert refused(give_back, made, "I do not like it.", department.heads["quiet"], MONDAY) == "commitment.not_approver"
    do(give_back, made, "", department.heads["busy"], MONDAY)
    do(discard, made, department.heads["busy"], MONDAY)
    assert refused(propose, made, department.heads["busy"], MONDAY) == "commitment.unknown"


def test_nothing_that_was_published_can_be_thrown_away_or_written_anew(department: PromisingDepartment) -> None:
    made = department.open()
    head = department.heads["busy"]
    assert refused(discard, made, head, MONDAY) == "commitment.wrong_state"
    assert refused(rewrite, made, wording(), head, MONDAY) == "commitment.wrong_state"
    do(finish, made, Step.WITHDRAWN, SAID, head, MONDAY)
    for again in (Step.DONE, Step.WITHDRAWN):
        assert refused(finish, made, again, SAID, head, MONDAY) == "commitment.wrong_state"
    assert found(made).will == wording().will


def test_an_end_needs_a_sentence_in_every_language(department: PromisingDepartment) -> None:
    made = department.open()
    for step in (Step.DONE, Step.NOT_DONE, Step.WITHDRAWN):
        for texts in ({}, {"hi": "हो गया।"}, {"hi": "हो गया।", "en": "\u200b "}):
            assert refused(finish, made, step, texts, department.heads["busy"], MONDAY) == "commitment.text_missing"


def test_what_no_newest_edition_tells_cannot_be_quoted(department: PromisingDepartment) -> None:
    for figure in (
        Figure("visit", "open", "overall", None, "excellent"),
        Figure("visit", "invited", "overall", None, "good"),
        Figure("visit", "open", "comment", None, "good"),
        Figure("other", "open", "overall", None, "good"),
        Figure("visit", "open", "overall", "row", "good"),
    ):
        with pytest.raises(Problem, match="figure_gone"):
            department.draft(figure=figure)


def test_what_is_sent_quotes_the_newest_edition(department: PromisingDepartment) -> None:
    made, as_sent = department.draft(), department.propose()
    before = found(made).quote
    department.answer("busy", 20, (MONDAY - 5 * WEEK).date())
    department.publish(MONDAY + 2 * WEEK)
    do(propose, made, department.heads["busy"], MONDAY + 2 * WEEK)
    assert found(made).quote != before
    assert found(made).edition_id != found(as_sent).edition_id
    do(approve, as_sent, department.heads["district"], MONDAY + 2 * WEEK)
    assert found(as_sent).quote == before


def test_a_retired_place_keeps_its_promises_and_makes_none(department: PromisingDepartment) -> None:
    opened, proposed = department.open(), department.propose()
    do(retire_place, department.ids["busy"], None, MONDAY)
    assert refused(approve, proposed, department.heads["district"], MONDAY) == "commitment.place_retired"
    with pytest.raises(Problem, match="place_retired"):
        department.draft()
    assert late(opened, MONDAY + 40 * DAY) == 10
    # Whoever is above ends it, and says why.
    do(finish, opened, Step.NOT_DONE, SAID, department.heads["district"], MONDAY + 40 * DAY)


def test_where_results_are_not_public_nothing_is_promised(app: Flask) -> None:
    department = PromisingDepartment.begin(Depth.DISTRICT)
    with pytest.raises(Problem, match="not_public"):
        department.draft()
    made = department.propose("district")
    with transaction() as session:
        decide_public_results(session, Depth.STATE, MONDAY.date(), None, MONDAY)
    assert refused(approve, made, department.heads["admin"], MONDAY) == "commitment.not_public"


def test_in_a_quiet_period_nothing_new_is_promised_and_what_was_is_ended(department: PromisingDepartment) -> None:
    opened, waits = department.open(), department.propose()
    with transaction() as session:
        deciders = two_accounts(session, session.get_one(Place, department.ids["state"]))
        add_quiet(session, deciders, [session.get_one(Place, department.ids["busy"])], MONDAY - DAY, MONDAY + 9 * DAY)
    assert refused(approve, waits, department.heads["admin"], MONDAY) == "quiet.blocked"
    do(finish, opened, Step.DONE, SAID, department.heads["busy"], MONDAY)
    do(approve, waits, department.heads["admin"], MONDAY + 10 * DAY)


def test_a_place_that_has_promised_anything_is_not_removed(department: PromisingDepartment) -> None:
    with transaction() as session:
        district = session.get_one(Place, department.ids["district"])
        new = add_place(session, parent=district, name_en="New Station", code="S.D1/B-3")
        new.page = "s-d1-b-3"
        session.flush()
        assert is_removable(session, new.id)
        draft(session, new.id, FIGURE, wording(), department.heads["district"], MONDAY)
        assert not is_removable(session, new.id)


def _at_once(app: Flask, tasks: list[tuple[Callable[..., object], int, int, datetime]]) -> list[str]:
    """What each came to: empty, or the code of what was refused."""

    def run(task: tuple[Callable[..., object], int, int, datetime]) -> str:
        action, *arguments = task
        with app.app_context():
            try:
                do(action, *arguments)
            except Problem as problem:
                return problem.code
            return ""

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_a_promise_is_ended_by_nothing_but_an_end(department: PromisingDepartment) -> None:
    made = department.open()
    assert refused(finish, made, Step.MOVED, SAID, department.heads["busy"], MONDAY) == "commitment.wrong_state"


def test_what_was_changed_after_it_was_read_is_not_approved(department: PromisingDepartment) -> None:
    made, approver = department.propose(), department.heads["district"]
    with reading() as session:
        read = find_commitment(session, made).fingerprint
    do(give_back, made, "", department.heads["busy"], MONDAY)
    do(rewrite, made, wording(days=60), department.heads["busy"], MONDAY)
    do(propose, made, department.heads["busy"], MONDAY)
    with pytest.raises(Problem) as told, transaction() as session:
        approve(session, made, approver, MONDAY, read=read)
    assert told.value.code == "commitment.changed"
    with transaction() as session:
        approve(session, made, approver, MONDAY, read=find_commitment(session, made).fingerprint)
