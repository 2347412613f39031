"""Ids of rows in addresses: no number that a column has no room for ever reaches the database."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: the greatest of a column that counts up, on both databases
LAST_ID = 2**31 - 1
#: those of placements and devices are drawn by lot, out of four bytes
LAST_DRAWN_ID = 2**32 - 1


class RowIdConverter(IntegerConverter):
    """`<int:…>` in the address of every route; more digits than an id can have lead to no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LAST_ID)


class DrawnIdConverter(IntegerConverter):
    """`<drawn:…>`: the same for the id of a placement or a device."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LAST_DRAWN_ID)


def register_row_ids(app: Flask) -> None:
    app.url_map.converters.update(int=RowIdConverter, drawn=DrawnIdConverter)


def read_row_id(text: str) -> int:
    """For `type=` of an argument after the question mark; ValueError for what can be no id."""
    return _within(int(text), LAST_ID)


def read_drawn_id(text: str) -> int:
    """The same for the id of a placement or a device."""
    return _within(int(text), LAST_DRAWN_ID)


def _within(number: int, last: int) -> int:
    if not 0 <= number <= last:
        raise ValueError(number)
    return number
