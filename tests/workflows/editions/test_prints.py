"""The print of an edition: made once, one at a time."""

import fcntl
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from flask import Flask

from app.domain.problem import Problem
from app.services.figures.editions.print_files import FOLDER
from app.services.record.editions import StoredEdition
from app.transaction import transaction
from app.workflows.editions.prints import edition_print
from tests.factories.figures.desk import Desk
from tests.services.figures.editions.test_making import freeze

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def edition(app: Flask) -> StoredEdition:
    with transaction() as session:
        desk = Desk(session)
        desk.answer([{"overall": 4}] * 40)
        desk.report()
        made = freeze(session, desk.station.id, date(2026, 11, 23))
    assert made is not None
    return made


def test_of_each_language_one_which_says_what_it_is_of(app: Flask, edition: StoredEdition) -> None:
    settings = app.extensions["samvad.settings"]
    for language in ("hi", "en"):
        content = edition_print(edition, language, settings, NOW)
        document = pypdfium2.PdfDocument(content)
        said = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        assert edition.digest in said
        # It is kept for a fortnight, and nobody knows on which day of it somebody prints it.
        assert "Printed on" not in said
        document.close()
        assert edition_print(edition, language, settings, NOW) == content
    assert len(list((settings.instance / FOLDER).glob("*.pdf"))) == 2


def test_while_another_is_made_whoever_asks_is_told_to_come_again(app: Flask, edition: StoredEdition) -> None:
    settings = app.extensions["samvad.settings"]
    (settings.instance / FOLDER).mkdir()
    with (settings.instance / FOLDER / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Problem) as refused:
            edition_print(edition, "hi", settings, NOW)
    assert (refused.value.code, refused.value.status) == ("edition.print_busy", 503)
    assert edition_print(edition, "hi", settings, NOW)
