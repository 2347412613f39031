"""The lists of confirmation numbers: which there are, and the numbers of one, for whoever looks for their own.

A long list comes in parts, so that no address holds a number: what is asked for begins as many others do.
"""

import re
from collections.abc import Sequence
from datetime import date

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.problem import Problem
from app.domain.responses.receipt_list import Times, numbers_beginning
from app.domain.responses.receipt_number import in_groups
from app.models import ReceiptList
from app.services.record.receipt_lists import (
    LIST_UNKNOWN,
    list_of,
    numbers_of,
    parts_of,
    published_list,
    published_lists,
    weeks_of,
)
from app.services.record.receipt_proofs import proving_key
from app.transaction import reading
from app.web.context import context
from app.web.figures.reader import FigureReader
from app.web.public.figures.reach import own_address
from app.web.views import at


@at("/r/receipts")
def show_lists() -> str:
    own = own_address(url_for("public.responses.show_lists"))
    with reading() as session:
        return render_template(
            "public/responses/lists/lists.html",
            lists=published_lists(session),
            can_prove=proving_key(session, context().settings.secrets.record) is not None,
            own=own,
            reader=FigureReader(),
        )


@at("/r/receipts/<week>")
def show_list(week: str) -> ResponseReturnValue:
    """All numbers, or the way to its parts."""
    with reading() as session:
        listed = published_list(session, _day(week))
        if listed.part_digits:
            return _page(listed, parts=parts_of(session, listed))
        return _page(listed, numbers=numbers_of(session, weeks_of(listed)))


@at("/r/receipts/<week>/<part>")
def show_part(week: str, part: str) -> ResponseReturnValue:
    """Only as many digits as part the list: more would tell whose number somebody looks for."""
    with reading() as session:
        listed = published_list(session, _day(week))
        if not listed.part_digits or not re.fullmatch(rf"[0-9]{{{listed.part_digits}}}", part):
            raise Problem(LIST_UNKNOWN)
        return _page(listed, part=part, numbers=numbers_of(session, weeks_of(listed), numbers_beginning(part)))


@at("/r/receipts/<week>.txt")
def show_file(week: str) -> ResponseReturnValue:
    """SHA-256 of what is sent is what was announced of it."""
    with reading() as session:
        response = Response(list_of(session, _day(week)), content_type="text/plain; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    return response.make_conditional(request)


def _day(week: str) -> date:
    try:
        return date.fromisoformat(week)
    except ValueError:
        raise Problem(LIST_UNKNOWN) from None


def _page(
    listed: ReceiptList, *, part: str = "", parts: Sequence[tuple[str, int]] = (), numbers: Sequence[Times] = ()
) -> Response:
    lines = [in_groups(row.number) for row in numbers for _ in range(row.times)]
    page = render_template(
        "public/responses/lists/list.html", listed=listed, part=part, parts=parts, lines=lines, reader=FigureReader()
    )
    response = make_response(page)
    # A search engine that knew numbers would be told them by whoever looks for one.
    response.headers["X-Robots-Tag"] = "noindex"
    return response
