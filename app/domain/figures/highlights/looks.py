"""Three places to look, for whoever heads a district or the department: at most one of each kind, each with its reason.

What goes together with satisfaction, what people want, and what moved or places that lie far from their like. Nothing
is named to fill a card: a quiet quarter has none, and is told what it would take.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.figures.comparison import change_in
from app.domain.figures.highlights.funnel import Beside, LikeGroup, LikePlace, Placed, groups_of, is_grouped
from app.domain.figures.highlights.standing import Standing
from app.domain.figures.highlights.topics import Topics, topics_of
from app.domain.figures.highlights.wishes import NOTHING
from app.domain.figures.report import CellFigure, Change, ShareKind
from app.domain.figures.statistics import Z_99


@dataclass(frozen=True, slots=True)
class Looks:
    """`wished` are one answer, or two where the second is not clearly behind the first."""

    topics: Topics
    wished: tuple[CellFigure, ...]
    moved: Change | None
    #: by name, never by share
    places: tuple[Placed, ...]
    #: all that lie below, by what they are compared with
    groups: tuple[LikeGroup, ...]

    @property
    def below(self) -> int:
        return sum(len(one.places) for one in self.groups)

    @property
    def compared(self) -> int:
        """Of how many places the main question can be compared."""
        return sum(one.compared for one in self.groups)

    @property
    def is_enough(self) -> bool:
        """Whether there are places enough in any group."""
        return any(one.funnel for one in self.groups)

    @property
    def is_grouped(self) -> bool:
        return is_grouped(self.groups)

    @property
    def is_empty(self) -> bool:
        return not (self.topics.named or self.wished or self.moved or self.places)


def looks_of(standing: Standing, places: Sequence[LikePlace]) -> Looks:
    """The places that lie below, of one kind."""
    groups = groups_of(places)
    far = tuple(one for group in groups for one in group.places if one.beside in (Beside.HIGHER, Beside.LOWER))
    topics, wished = topics_of(standing), _clear_of(standing.wished)
    # A fourth would be too many, and that the line moved is said on top already.
    is_full = bool(topics.named and wished and far)
    return Looks(
        topics=topics,
        wished=wished,
        moved=None if is_full else _moved(standing),
        places=far,
        groups=groups,
    )


def _moved(standing: Standing) -> Change | None:
    """Of a line that is looked at every Monday: only what chance makes once in a hundred."""
    moved = change_in(standing.trend.points, Z_99) if standing.trend else None
    return moved if moved and moved.certain else None


def _clear_of(wished: tuple[CellFigure, ...]) -> tuple[CellFigure, ...]:
    """The most wished for, with the next if their limits meet; nothing where the second meets the third as well."""
    told = [cell for cell in wished if cell.share.kind is ShareKind.ABOUT and cell.name != NOTHING]
    for many in (1, 2):
        if len(told) >= many and all(_is_above(told[many - 1], cell) for cell in told[many:]):
            return tuple(told[:many])
    return ()


def _is_above(cell: CellFigure, other: CellFigure) -> bool:
    return (cell.share.low or 0) > (other.share.high or 0)
