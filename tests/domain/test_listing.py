"""Pages of a list: all rows stand on one page each, and a page that is not there is the nearest that is."""

import pytest

from app.domain.listing import Paging


@pytest.mark.parametrize("total", range(13))
def test_the_pages_hold_every_row_once(total: int) -> None:
    rows = list(range(total))
    pages = [Paging(total, asked, 4) for asked in range(1, Paging(total, 1, 4).pages + 1)]
    assert [row for page in pages for row in rows[page.offset :][:4]] == rows
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))


@pytest.mark.parametrize(("asked", "page"), [(-7, 1), (0, 1), (3, 3), (4, 3), (10**30, 3)])
def test_a_page_that_is_not_there_is_the_nearest(asked: int, page: int) -> None:
    listing = Paging(9, asked, 4).listing("i")
    assert (listing.page, listing.pages, listing.total, listing.rows) == (page, 3, 9, ("i",))
