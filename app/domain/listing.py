"""One page of a long list, as registers show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What one page holds, and where it stands."""

    rows: tuple[Row, ...]
    #: how many there are on all pages together
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Paging:
    """A page that was asked for. One beyond the last is the last; there is always a first."""

    total: int
    asked: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def page(self) -> int:
        return min(max(1, self.asked), self.pages)

    @property
    def offset(self) -> int:
        """How many stand on the pages before it."""
        return (self.page - 1) * self.per_page

    def listing(self, rows: Iterable[Row]) -> Listing[Row]:
        return Listing(tuple(rows), self.total, self.page, self.pages)
