from dataclasses import replace

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import wording as say
from app.domain.figures.report import Share, ShareKind
from app.domain.figures.rows import bar_of, grids_of, rows_of, with_figures
from tests.factories.figures.reports import make_grid, make_question, make_section


def test_classes_stand_beside_each_other() -> None:
    """A question that one class was not asked has a gap there, and keeps its place."""
    first = replace(make_section(Evidence.INVITED), questions=(make_question(0), make_question(2)))
    second = replace(make_section(Evidence.OPEN), questions=(make_question(0), make_question(1)))
    rows = rows_of((first, second))
    assert [row.name for row in rows] == ["q0", "q2", "q1"]
    assert [figure is None for figure in rows[1].figures] == [False, True]
    assert [share is None for share in rows[2].answers[0].shares] == [True, False]


def test_rows_of_a_grid_stay_together() -> None:
    section = replace(make_section(), questions=(make_question(0), *make_grid(1, rows=3), make_question(2)))
    assert [len(grid) for grid in grids_of(rows_of((section,)))] == [1, 3, 1]


def test_questions_without_a_figure_are_told_apart() -> None:
    bare = replace(make_question(1), cells=(), together=None, notice=say.NO_SHARES_YET)
    section = replace(make_section(), questions=(make_question(0), bare))
    told, without_figures = with_figures(grids_of(rows_of((section,))))
    assert [grid[0].name for grid in told] == ["q0"]
    assert [grid[0].name for grid in without_figures] == ["q1"]


@pytest.mark.parametrize(
    ("share", "bar"),
    [
        (Share(ShareKind.ABOUT, say.WITHHELD, percent=60, low=50, high=69), (60, 50, 69)),
        (Share(ShareKind.BELOW, say.WITHHELD, bound=20), (0, 0, 20)),
        (Share(ShareKind.ABOVE, say.WITHHELD, bound=80), (80, 80, 100)),
        (Share(ShareKind.WITHHELD, say.WITHHELD), (0, 0, 0)),
    ],
)
def test_a_bar_shows_no_more_than_the_words(share: Share, bar: tuple[int, int, int]) -> None:
    assert bar_of(share) == bar
