"""Promises as lines: what everybody reads, with the figure that is quoted."""

import pytest
from flask import Flask

from app.domain.dialogue.commitment import Step
from app.domain.dialogue.open_data.tables import PROMISES
from app.domain.figures.editions.days import Showing
from app.services.dialogue.commitments import finish, move
from app.services.dialogue.open_data.promises import promise_lines
from app.services.dialogue.open_data.scope import scope_at
from app.services.record.editions import newest_edition
from app.transaction import reading, transaction
from tests.factories.dialogue.commitments import DAY, MONDAY, OFFICE, SAID, WILL, PromisingDepartment

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    return PromisingDepartment.begin()


def lines(days: int = 0) -> list[dict[str, object]]:
    with reading() as session:
        found = promise_lines(session, scope_at(session, MONDAY + days * DAY))
    return [dict(zip(PROMISES.header, line, strict=True)) for line in found]


def test_nothing_before_it_was_approved(department: PromisingDepartment) -> None:
    department.draft()
    department.propose("quiet")
    assert lines() == []


def test_it_quotes_the_figure_as_it_stood(department: PromisingDepartment) -> None:
    department.open()
    (line,) = lines()
    with reading() as session:
        edition = newest_edition(session, department.ids["busy"], Showing(MONDAY.date()))
    assert edition is not None
    assert (line["place"], line["number"], line["state"], line["digest"]) == ("s-d1-b-1", 1, "open", edition.digest)
    assert (line["will_hi"], line["will_en"], line["office_en"]) == (WILL["hi"], WILL["en"], OFFICE["en"])
    assert (line["question"], line["row"], line["answer"], line["share_kind"]) == ("overall", "", "good", "about")
    assert (line["opened_on"], line["moved_to"], line["ended_on"], line["said_en"]) == ("2026-11-30", None, None, None)


def test_what_became_of_it(department: PromisingDepartment) -> None:
    first, second = department.open(), department.open(days=40)
    with transaction() as session:
        move(session, first, (MONDAY + 60 * DAY).date(), SAID, department.heads["busy"], MONDAY + DAY)
        finish(session, second, Step.DONE, SAID, department.heads["busy"], MONDAY + 2 * DAY)
    moved, done = lines(3)
    assert (moved["state"], moved["due_on"], moved["moved_to"]) == ("open", "2026-12-30", "2027-01-29")
    assert (done["state"], done["ended_on"], done["said_en"]) == ("done", "2026-12-02", SAID["en"])
