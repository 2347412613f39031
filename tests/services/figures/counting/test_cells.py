"""What a cell holds, and what adding to it gives."""

from collections import Counter
from datetime import date

from app.services.figures.counting.cells import Cell, Contents, Slice, Waits, by_slice

WEEK = date(2026, 6, 1)


def test_contents_add_up_and_less_than_nothing_is_taken_away() -> None:
    whole = Contents({"counted": [2, 1]}, Counter({"late": 1}))
    whole.add(Contents({"counted": [-2, -1], "set_aside": [2, 0]}, Counter({"late": -1, "expired": 2})))
    assert whole.vectors == {"counted": [0, 0], "set_aside": [2, 0]}
    assert whole.without_nothing() == Contents({"set_aside": [2, 0]}, Counter({"expired": 2}))


def test_adding_to_a_sum_leaves_what_was_added_alone() -> None:
    one, sums = Contents({"counted": [1]}), Contents()
    sums.add(one)
    sums.add(one)
    assert (one.vectors, sums.vectors) == ({"counted": [1]}, {"counted": [2]})


def test_what_waits_is_told_apart_by_verdict() -> None:
    assert Waits().with_one("counted").with_one("set_aside", 3).with_one("counted", -2) == Waits(-1, 3)


def test_cells_of_one_slice_are_together() -> None:
    cells = [Cell(place, 1, WEEK, channel) for place in (1, 2) for channel in ("poster", "kiosk")]
    assert by_slice(cells) == {Slice(1, WEEK, "poster"): {1, 2}, Slice(1, WEEK, "kiosk"): {1, 2}}
