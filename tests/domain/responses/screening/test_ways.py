import json
from random import Random
from uuid import UUID

import pytest

from app.domain.responses.screening.items import ItemRow
from app.domain.responses.screening.ways import UNKNOWN_SHARE, Ways, WeekWays

KEY = b"k" * 32


def core(first: str, level: str = "5") -> ItemRow:
    page = (first, "5", "5", level)
    return ItemRow(page, (*page, *[""] * 8), level, rich=False)


def rich(first: str, last: str = "x") -> ItemRow:
    page = (first, "5", "5", "5")
    return ItemRow(page, (*page, *"xxxxxxx", last), "5", rich=True)


def answers(*rows: ItemRow, start: int = 0) -> list[tuple[UUID, ItemRow]]:
    return [(UUID(int=start + at), row) for at, row in enumerate(rows)]


def test_the_share_of_a_first_page_is_of_its_level_and_richness() -> None:
    ways = Ways.of([WeekWays.of(answers(*[core("fir")] * 299, *[core("papers")] * 251, *[core("fir", "1")] * 9), KEY)])
    assert ways.share(core("fir")) == 300 / 600
    assert ways.share(core("help")) == 1 / 600
    assert ways.share(core("fir", "1")) == UNKNOWN_SHARE
    assert ways.share(rich("fir")) == UNKNOWN_SHARE
    assert ways.rich_share(core("fir")) is None


def test_of_rich_rows_those_near_count_and_none_are_known_below_five_hundred() -> None:
    rows = [rich("fir")] * 300 + [rich("papers", "y")] * 199
    few, enough = (Ways.of([WeekWays.of(answers(*these), KEY)]) for these in (rows, [*rows, rich("help", "z")]))
    assert few.rich_share(rich("fir")) is None
    # Two of twelve items may differ.
    assert enough.rich_share(rich("fir", "y")) == 501 / 550
    far = ItemRow(("q", "1", "1", "5"), ("q", "1", "1", "5", *"xxxxxxxx"), "5", rich=True)
    assert enough.rich_share(far) == 1 / 550


def test_of_many_rich_rows_the_same_are_drawn_whatever_their_order_and_weeks() -> None:
    chance = Random(1)  # noqa: S311
    rows = [rich(chance.choice("abcd"), chance.choice("uvwxyz")) for _ in range(5_000)]
    one = answers(*rows)
    other = chance.sample(one, len(one))
    whole = WeekWays.of(one, KEY)
    assert whole == WeekWays.of(other, KEY)
    assert len(whole.drawn["5"]) == 4_000
    parted = Ways.of([WeekWays.of(other[:1_700], KEY), WeekWays.of(other[1_700:], KEY)])
    shares = [parted.rich_share(row) for row in rows[:50]]
    assert shares == [Ways.of([whole]).rich_share(row) for row in rows[:50]]
    assert whole.drawn != WeekWays.of(one, b"q" * 32).drawn


def test_a_week_is_kept_as_json_and_comes_back() -> None:
    week = WeekWays.of(answers(core("fir"), core("", ""), rich("papers"), core("fir")), KEY)
    assert WeekWays.from_json(json.loads(json.dumps(week.to_json()))) == week


@pytest.mark.parametrize("weeks", [[], [WeekWays.of([], KEY)]])
def test_of_nothing_nothing_is_known(weeks: list[WeekWays]) -> None:
    ways = Ways.of(weeks)
    assert ways.share(core("fir")) == UNKNOWN_SHARE
    assert ways.rich_share(rich("fir")) is None
