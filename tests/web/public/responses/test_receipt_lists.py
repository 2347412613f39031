"""The public lists of confirmation numbers, as somebody finds them who looks for their own."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import insert

from app.domain.responses.receipt_number import in_groups
from app.models import ReceiptNumber
from app.services.record.receipt_lists import lists_due, new_entries
from app.services.record.receipts import count_receipts
from app.transaction import transaction

#: Monday, eleven o'clock in India; what is counted came in the week before
MONDAY = datetime(2026, 12, 7, 5, 30, tzinfo=UTC)
CAME = MONDAY - timedelta(days=3)
LIST = "/r/receipts/2026-11-30"


def publish(numbers: list[int]) -> list[object]:
    """Publish the list of a week; the digests that were entered."""
    with transaction() as session:
        count_receipts(session, numbers, CAME)
        return [entry.content["list"] for entry in new_entries(session, lists_due(session, MONDAY))]


@pytest.fixture
def long_list(app: Flask) -> list[int]:
    numbers = Random(1).sample(range(10**12), 25_000)  # noqa: S311
    with transaction() as session:
        rows = [{"week": CAME.date() - timedelta(days=4), "number": number, "times": 1} for number in numbers]
        session.execute(insert(ReceiptNumber), rows)
        assert len(new_entries(session, lists_due(session, MONDAY))) == 1
    return sorted(numbers)


def test_before_there_is_a_list_it_is_said_when_there_will_be_one(app: Flask) -> None:
    page = app.test_client().get("/r/receipts?lang=en")
    assert page.status_code == 200
    assert "once 50 numbers have arrived" in page.text
    assert publish(list(range(49))) == []
    assert "No list yet" in app.test_client().get("/r/receipts?lang=en").text
    assert app.test_client().get(LIST).status_code == 404


def test_a_short_list_is_one_page_in_order_with_repeats(app: Flask) -> None:
    publish([*range(60), 7])
    client = app.test_client()
    assert f'href="{LIST}?lang=en"' in client.get("/r/receipts?lang=en").text
    page = client.get(f"{LIST}?lang=en")
    assert re.findall(r"\d{4} \d{4} \d{4}", page.text) == sorted([in_groups(at) for at in [*range(60), 7]])
    assert "61 numbers in order" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_file_is_what_was_announced(app: Flask) -> None:
    (digest,) = publish([*range(60), 7])
    file = app.test_client().get(f"{LIST}.txt")
    assert hashlib.sha256(file.data).hexdigest() == digest
    assert file.text.splitlines()[6:9] == ["000000000006", "000000000007", "000000000007"]
    assert file.content_type == "text/plain; charset=utf-8"
    assert file.headers["Access-Control-Allow-Origin"] == "*"
    again = app.test_client().get(f"{LIST}.txt", headers={"If-None-Match": file.headers["ETag"]})
    assert again.status_code == 304


def test_of_a_long_list_parts_are_opened_by_their_first_digits(app: Flask, long_list: list[int]) -> None:
    client = app.test_client()
    index = client.get(LIST).text
    assert re.findall(rf'href="{LIST}/(\d+)"', index) == [f"{begin:02d}" for begin in range(100)]
    assert re.findall(r"\d{4} \d{4} \d{4}", index) == []
    part = client.get(f"{LIST}/07").text
    expected = [in_groups(number) for number in long_list if 7 * 10**10 <= number < 8 * 10**10]
    assert re.findall(r"\d{4} \d{4} \d{4}", part) == expected
    assert len(expected) >= 100


@pytest.mark.parametrize("part", ["7", "070", "0", "x7", "०७", "070000000007"])
def test_no_address_takes_more_or_fewer_digits_of_a_number(app: Flask, long_list: list[int], part: str) -> None:
    assert app.test_client().get(f"{LIST}/{part}").status_code == 404


def test_a_short_list_has_no_parts(app: Flask) -> None:
    publish(list(range(60)))
    for path in (f"{LIST}/0", f"{LIST}/00", "/r/receipts/2026-12-07", "/r/receipts/x", "/r/receipts/2026-12-07.txt"):
        assert app.test_client().get(path).status_code == 404


def test_the_pages_on_how_is_counted_and_for_search_engines_lead_there(app: Flask) -> None:
    client = app.test_client()
    assert 'href="/r/receipts"' in client.get("/about/figures").text
    assert "/r/receipts</loc>" in client.get("/sitemap.xml").text
