"""The page about the record."""

import hashlib

import pytest

from tests.web.public.figures.conftest import Reader, text_of


@pytest.mark.usefixtures("department")
def test_before_anything_was_signed_it_says_so(reader: Reader) -> None:
    assert "Nothing has been entered yet." in text_of(reader.get("/r/record?lang=en").text)


@pytest.mark.usefixtures("recorded")
def test_it_says_first_that_nobody_outside_watches_and_how_to_check(reader: Reader) -> None:
    page = text_of(reader.get("/r/record?lang=en").text)
    assert page.index("No witness outside the department has signed yet") < page.index("Check it yourself")
    for does in ("fetch", "verify"):
        assert hashlib.sha256(reader.get(f"/r/record/samvad-{does}.py").data).hexdigest() in page
    assert "localhost/r/record+" in page
    assert "Results of a Monday 30 November 2026 2026-11-30" in page
    assert "सार्वजनिक बही" in text_of(reader.get("/R/RECORD").text)
