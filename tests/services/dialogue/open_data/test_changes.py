"""The list of changes as lines: the same as on its page, the oldest first."""

from flask import Flask

from app.domain.dialogue.change import ChangeKind
from app.domain.dialogue.commitment import Step
from app.domain.dialogue.open_data.tables import CHANGES
from app.services.dialogue.changes.published import all_changes
from app.services.dialogue.commitments import finish
from app.services.dialogue.open_data.changes import change_lines
from app.services.dialogue.open_data.scope import scope_at
from app.transaction import reading, transaction
from tests.factories.dialogue.commitments import DAY, MONDAY, SAID, PromisingDepartment


def test_each_change_is_a_line_with_its_reason(app: Flask) -> None:
    department = PromisingDepartment.begin()
    made, now = department.open(), MONDAY + 6 * DAY
    with transaction() as session:
        finish(session, made, Step.NOT_DONE, SAID, department.heads["busy"], MONDAY + 5 * DAY)
    with reading() as session:
        lines = change_lines(session, scope_at(session, now))
        told = [change.kind for change in reversed(all_changes(session, now))]
    found = [dict(zip(CHANGES.header, line, strict=True)) for line in lines]
    assert [one["kind"] for one in found] == told == [ChangeKind.RESULTS_DECIDED, ChangeKind.COMMITMENT_NOT_DONE]
    assert [one["line"] for one in found] == [1, 2]
    last = found[-1]
    assert last["changed_on"] == (MONDAY + 5 * DAY).date().isoformat()
    assert {language: last[f"why_{language}"] for language in SAID} == dict(SAID)
    assert str(last["path"]).endswith("/promises/1")
