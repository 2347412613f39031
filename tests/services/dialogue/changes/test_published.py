"""What was changed after it was published: each noun's, newest first, and only what everybody may read."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.change import ChangeKind, PublicChange
from app.domain.dialogue.commitment import Step
from app.domain.installation.public_results import Depth
from app.domain.installation.quiet_period import QuietBlock
from app.models import Place
from app.services.dialogue.changes.published import PER_PAGE, all_changes, published_changes
from app.services.dialogue.commitments import finish
from app.services.dialogue.posts.events import hide_post
from app.services.installation.public_results import decide_public_results
from app.services.installation.quiet.changes import confirm_end, propose_end
from app.transaction import reading, transaction
from app.workflows.editions.correction import correct_newest
from tests.factories.dialogue.commitments import DAY, MONDAY, SAID, PromisingDepartment
from tests.factories.dialogue.posts import NOW, add_officers, corrected, post_text, published
from tests.factories.installation.quiet_periods import ORDER, add_quiet
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    return PromisingDepartment.begin()


def changes(now: object = MONDAY + 9 * DAY, page: int = 1) -> list[PublicChange]:
    with reading() as session:
        return list(published_changes(session, page, now).rows)  # type: ignore[arg-type]


def kinds() -> list[ChangeKind]:
    return [one.kind for one in changes()]


def test_each_noun_has_its_lines_the_newest_first(department: PromisingDepartment) -> None:
    begun = kinds()
    assert set(begun) == {ChangeKind.RESULTS_DECIDED}
    made = department.open()
    with transaction() as session:
        code = session.scalars(select(Place.code).where(Place.id == department.ids["busy"])).one()
        state = session.get_one(Place, department.ids["state"])
        two = two_accounts(session, state)
        id_ = add_quiet(session, two, [state], MONDAY + DAY, MONDAY + 3 * DAY, blocks=[QuietBlock.EDITIONS])
        propose_end(session, id_, two[0], MONDAY + 2 * DAY)
        confirm_end(session, id_, two[1], MONDAY + 2 * DAY)
    why = {"hi": "एक ग़लती थी।", "en": "There was a mistake."}
    correct_newest(code, "error", why, MONDAY + 4 * DAY, even_the_same=True)
    with transaction() as session:
        finish(session, made, Step.NOT_DONE, SAID, department.heads["busy"], MONDAY + 5 * DAY)
    found = changes()
    assert [one.kind for one in found] == [
        ChangeKind.COMMITMENT_NOT_DONE,
        ChangeKind.EDITION_CORRECTED,
        ChangeKind.QUIET_ENDED,
        ChangeKind.QUIET_ENTERED,
        *begun,
    ]
    assert found[0].why == SAID
    assert found[0].path is not None
    assert found[0].path.endswith("/promises/1")
    assert (found[1].why, found[1].told["cause"]) == (why, "error")
    assert (found[2].about, found[3].about) == (ORDER, ORDER)


def test_what_is_not_open_has_no_line(department: PromisingDepartment) -> None:
    made = department.open()
    with transaction() as session:
        finish(session, made, Step.NOT_DONE, SAID, department.heads["busy"], MONDAY + 5 * DAY)
        decide_public_results(session, Depth.DISTRICT, (MONDAY + 6 * DAY).date(), None, MONDAY + 6 * DAY)
    assert ChangeKind.COMMITMENT_NOT_DONE not in kinds()


def test_a_page_holds_so_many_and_one_beyond_the_last_is_the_last(department: PromisingDepartment) -> None:
    begun = len(kinds())
    with transaction() as session:
        two = two_accounts(session, session.get_one(Place, department.ids["state"]))
        state = session.get_one(Place, department.ids["state"])
        for at in range(PER_PAGE):
            add_quiet(session, two, [state], MONDAY + timedelta(minutes=at), MONDAY + DAY, order=str(at))
    first, second = changes(), changes(page=9)
    assert (len(first), len(second)) == (PER_PAGE, begun)
    assert first[0].about == str(PER_PAGE - 1)


def test_why_a_post_was_corrected_is_told_while_it_is_shown(any_session: Session) -> None:
    who = add_officers(any_session)
    post_id = published(any_session, who.author, who.admin)
    corrected(any_session, post_id, who.author, who.admin, post_text(note="The number was wrong."))
    until = hide_post(any_session, post_id, "It may harm somebody.", who.author, NOW + timedelta(hours=1))
    moments = until - timedelta(minutes=1), until
    hidden, after = (
        next(one.why for one in all_changes(any_session, at) if one.kind is ChangeKind.POST_CORRECTED) for at in moments
    )
    assert (hidden, after) == ({}, post_text(note="The number was wrong.").change_note)
