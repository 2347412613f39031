"""Tiles: by name in the reader's language, and a map only where every one has a spot of its own."""

from dataclasses import replace

from app.domain.figures.highlights.funnel import Beside, Placed
from app.domain.figures.highlights.tiles import tiles_of
from tests.domain.figures.highlights.test_funnel import place
from tests.factories.figures.reports import label

PLACES = [
    Placed(replace(place(1, 60, 100), name=label("ख", "Alpha")), Beside.ALIKE),
    Placed(replace(place(2, 10, 100), name=label("क", "Beta")), Beside.LOWER),
    Placed(replace(place(3, 9, 9), name=label("ग", "Gamma")), Beside.TOO_FEW),
]


def test_by_name_in_either_language_and_never_by_share() -> None:
    assert [tile.placed.place.id for tile in tiles_of(PLACES, {}, "en")] == [1, 2, 3]
    assert [tile.placed.place.id for tile in tiles_of(PLACES, {}, "hi")] == [2, 1, 3]


def test_half_a_map_is_a_list() -> None:
    spots = {1: (1, 1), 2: (2, 1), 3: (1, 2)}
    assert [tile.spot for tile in tiles_of(PLACES, spots, "en")] == [(1, 1), (2, 1), (1, 2)]
    for wrong in ({1: (1, 1), 2: (2, 1)}, {**spots, 3: (2, 1)}, {**spots, 3: (13, 1)}, {**spots, 3: (0, 1)}, {}):
        assert [tile.spot for tile in tiles_of(PLACES, wrong, "en")] == [None, None, None]
