"""The page about the record."""

import hashlib

import pytest
from flask import Flask

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.jobs.record.keeping import keep_record
from app.services.installation.public_results import decide_public_results
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.cosignatures import keep_cosignature
from app.transaction import transaction
from tests.factories.record.department import RecordedDepartment, monday
from tests.factories.record.folder import WITNESS
from tests.web.public.figures.conftest import MONDAY, Reader, text_of


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


@pytest.mark.usefixtures("recorded")
def test_it_names_who_signed_the_newest_state_or_an_earlier_one(reader: Reader, settings: Settings, app: Flask) -> None:
    with transaction() as session:
        head = newest_checkpoint(session)
        assert head is not None
        signed = head.note + WITNESS.sign(head.note.partition("\n\n")[0] + "\n")
        keep_cosignature(session, signed, WITNESS.vkey, MONDAY)
    assert reader.get("/r/record/checkpoint").text == signed
    page = text_of(reader.get("/r/record?lang=en").text)
    assert "1 witness outside the department has signed the newest state" in page
    assert f"{WITNESS.name} · 11 December 2026" in page
    with transaction() as session:
        decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
    keep_record(settings, MONDAY)
    page = text_of(reader.get("/r/record?lang=en").text)
    assert "No witness outside the department has signed the newest state yet" in page
    assert f"Witnesses have signed up to line {head.size - 1}: {WITNESS.name} · 11 December 2026" in page
    assert WITNESS.name not in reader.get("/r/record/checkpoint").text


def test_settings_are_told_by_what_they_say(app: Flask, reader: Reader, settings: Settings) -> None:
    RecordedDepartment(settings).keep(monday(0))
    app.config["CLOCK"] = lambda: monday(0)
    page = text_of(reader.get("/r/record?lang=en").text)
    assert "Decided how far down results are public 15 June 2026 results · station" in page
    assert "Key for proofs that numbers arrived 15 June 2026 receipt_key · localhost/r/receipts+" in page
    assert "setting" not in page
