"""Answers by week as stacked bars: a piece for each channel and one for those set aside. Exact: for headquarters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.codes.channel import Channel
from app.domain.figures.highlights.charts import WIDTH

#: of the room that a week has, what its bar takes
_BAR = 0.8


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """What arrived in a week: counted by channel, and set aside in all."""

    week: date
    counted: Mapping[Channel, int]
    set_aside: int

    @property
    def whole(self) -> int:
        return sum(self.counted.values()) + self.set_aside


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, drawn as the series of this number; the last series is what was set aside."""

    series: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class WeekBar:
    x: float
    width: float
    pieces: tuple[Piece, ...]
    #: the week is not over, so that its bar still grows
    is_open: bool


@dataclass(frozen=True, slots=True)
class WeekBars:
    """Weeks from left to right, nought at the bottom of a box 100 high. `channels` are the series, in this order."""

    channels: tuple[Channel, ...]
    bars: tuple[WeekBar, ...]
    #: how many answers the top of the box tells
    most: int


def week_bars(weeks: Sequence[WeekCounts], this_week: date) -> WeekBars | None:
    """None where nothing arrived. Channels that nothing came through are left out."""
    most = max((counts.whole for counts in weeks), default=0)
    if not most:
        return None
    channels = tuple(channel for channel in Channel if any(counts.counted.get(channel) for counts in weeks))
    room = WIDTH / len(weeks)
    bars = []
    for at, counts in enumerate(weeks):
        numbers = [*(counts.counted.get(channel, 0) for channel in channels), counts.set_aside]
        x = round(room * (at + (1 - _BAR) / 2), 2)
        bars.append(WeekBar(x, round(room * _BAR, 2), _stacked(numbers, most), counts.week >= this_week))
    return WeekBars(channels, tuple(bars), most)


def _stacked(numbers: Sequence[int], most: int) -> tuple[Piece, ...]:
    """Each upon those before it."""
    pieces, below = [], 0
    for series, number in enumerate(numbers):
        below += number
        if number:
            pieces.append(Piece(series, round(100 - 100 * below / most, 2), round(100 * number / most, 2)))
    return tuple(pieces)
