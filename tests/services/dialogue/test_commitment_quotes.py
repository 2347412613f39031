"""What a place may quote, and that it is what its edition says."""

import pytest
from flask import Flask

from app.domain.dialogue.commitment import Step
from app.domain.figures.editions.days import Showing
from app.domain.weeks import WEEK, day_of
from app.models import Edition, Place
from app.services.dialogue.commitment_queries import find_commitment
from app.services.dialogue.commitment_quotes import Quoted, quotable_at, read_quoted
from app.services.dialogue.commitments import finish
from app.services.figures.editions.making import correct_edition
from app.services.figures.editions.reports import document_of
from app.services.record.editions import edition_of_id, keep_edition, newest_edition
from app.transaction import reading, transaction
from tests.factories.dialogue.commitments import FIGURE, MONDAY, SAID, PromisingDepartment

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask) -> PromisingDepartment:
    return PromisingDepartment.begin()


def quoted(commitment_id: int, now: object = MONDAY) -> Quoted:
    with reading() as session:
        promise = find_commitment(session, commitment_id)
        return read_quoted(session, promise, Showing(day_of(now)), day_of(now))  # type: ignore[arg-type]


def test_every_figure_of_an_edition_can_be_quoted_and_is_quoted_as_it_stands(department: PromisingDepartment) -> None:
    with reading() as session:
        found = quotable_at(session, department.ids["busy"], Showing(MONDAY.date()), MONDAY.date())
    assert found is not None
    assert len(found.figures) > 3
    for figure, shown in found.figures:
        made = department.draft(figure=figure)
        with reading() as session:
            promise = find_commitment(session, made)
            document = document_of(edition_of_id(session, promise.edition_id))
        (section,) = document["surveys"][0]["sections"]
        (asked,) = [one for one in section["questions"] if (one["name"], one["row"]) == (figure.question, figure.row)]
        (cell,) = [one for one in asked["cells"] if one["name"] == figure.answer]
        assert promise.quote["share"] == cell["share"]
        assert promise.quote["base"] == asked["base"]
        assert (promise.quote["first_week"], promise.quote["last_week"]) == (
            section["first_week"],
            section["last_week"],
        )
        assert quoted(made).quote == shown


def test_a_station_with_too_few_answers_quotes_its_district(department: PromisingDepartment) -> None:
    made = department.open("quiet")
    told = quoted(made)
    assert (told.is_own, told.page, told.place.text("en")) == (False, "s-d1", "District One")
    assert quoted(department.open("busy")).is_own
    with reading() as session:
        assert quotable_at(session, department.ids["state"], Showing(MONDAY.date()), MONDAY.date()) is not None
        session.get_one(Place, department.ids["quiet"])
    with transaction() as session:
        session.query(Edition).filter_by(place_id=department.ids["district"]).update({"document": '{"surveys":[]}'})
    with reading() as session:
        assert quotable_at(session, department.ids["quiet"], Showing(MONDAY.date()), MONDAY.date()) is None


def test_of_an_edition_that_was_corrected_since_both_figures_are_told(department: PromisingDepartment) -> None:
    made = department.open()
    assert quoted(made).correction is None
    with transaction() as session:
        wrong = newest_edition(session, department.ids["busy"], Showing(MONDAY.date()))
        assert wrong is not None
        new = correct_edition(session, wrong, "error", {"hi": "गलती", "en": "A mistake."})
        kept = keep_edition(session, new, MONDAY)
        right = session.get_one(Edition, kept.id)
        right.document = right.document.replace('"percent":65', '"percent":31')
    told = quoted(made)
    assert told.correction is not None
    assert told.correction.number == 2
    assert told.corrected is not None
    assert (told.quote.share.percent, told.corrected.share.percent) == (65, 31)
    assert told.edition.number == 1


def test_half_a_year_later_the_figure_of_now_stands_beside(department: PromisingDepartment) -> None:
    made = department.open()
    with transaction() as session:
        finish(session, made, Step.DONE, SAID, department.heads["busy"], MONDAY + WEEK)
    later = MONDAY + 27 * WEEK
    department.answer("busy", 80, (later - 10 * WEEK).date())
    department.publish(later)
    assert quoted(made, later - 1 * WEEK).now is None
    told = quoted(made, later)
    assert told.now is not None
    assert told.now.share.percent == 82
    assert told.change is not None
    assert told.change.certain
    assert told.change.points == 17
    assert find_figure(made) == FIGURE


def find_figure(commitment_id: int) -> object:
    with reading() as session:
        return find_commitment(session, commitment_id).figure
