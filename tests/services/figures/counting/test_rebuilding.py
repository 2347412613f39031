"""Everything that is counted, made anew: the same to the byte as what was folded bit by bit."""

from datetime import UTC, datetime
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import ReasonCell, Tally, WaitingCell
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.rebuilding import (
    ask_for_rebuild,
    finish_week,
    levels_of,
    rebuild_tallies,
    stale_weeks,
    weeks_of_answers,
)
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import fold_marks
from app.services.places.ancestry import Ancestry
from tests.factories.figures.life import Life
from tests.factories.figures.tree import SEVEN, WEEK, Tree

TABLES = [model.__table__ for model in (Tally, ReasonCell, WaitingCell)]


def kept(session: Session) -> list[list[tuple[object, ...]]]:
    return [sorted(map(tuple, session.execute(select(table)))) for table in TABLES]


def test_folding_bit_by_bit_gives_what_rebuilding_gives(any_session: Session) -> None:
    life, chance = Life(any_session, 5), Random(5)  # noqa: S311
    for monday in life.weeks(8):
        fold_marks(any_session, limit=chance.choice((1, 5)))
        if chance.random() < 0.3:
            publish_releases(any_session, datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC))
    while fold_marks(any_session).marks:
        pass
    folded = kept(any_session)
    assert all(folded)
    assert rebuild_tallies(any_session) == len(folded[0])
    assert kept(any_session) == folded
    for table in TABLES:
        any_session.execute(delete(table))
    rebuild_tallies(any_session)
    assert kept(any_session) == folded


def test_what_was_kept_of_answers_that_are_not_there_goes(tree: Tree) -> None:
    tree.answer(tree.station, 2, reasons=["late"])
    fold_marks(tree.session)
    for table in TABLES:
        row = dict(tree.session.execute(select(table).where(table.c.place_id == tree.station.id)).mappings().one())
        tree.session.execute(table.insert(), {**row, "week": WEEK + SEVEN, "place_id": tree.other.id})
    rebuild_tallies(tree.session)
    assert [len(rows) for rows in kept(tree.session)] == [3, 3, 1]


def test_places_are_counted_after_those_below_them(tree: Tree) -> None:
    tree.answer(tree.station, 1)
    tree.answer(tree.district, 1)
    fold_marks(tree.session)
    assert weeks_of_answers(tree.session) == [WEEK]
    rows = tree.session.execute(select(Tally.place_id, Tally.survey_version_id, Tally.week, Tally.channel))

    levels = levels_of(Ancestry.load(tree.session), [Cell(*row) for row in rows])
    places = [[cell.place_id for cell in level] for level in levels]
    assert places == [[tree.station.id], [tree.district.id], [tree.state.id]]


def test_the_weeks_that_are_left_are_remembered(tree: Tree) -> None:
    ask_for_rebuild(tree.session, [WEEK, WEEK + SEVEN])
    assert stale_weeks(tree.session) == [WEEK + SEVEN, WEEK]
    finish_week(tree.session, WEEK + SEVEN)
    assert stale_weeks(tree.session) == [WEEK]
    ask_for_rebuild(tree.session, [])
    assert stale_weeks(tree.session) == []
