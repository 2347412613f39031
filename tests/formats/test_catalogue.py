"""Translations from the message files that the pages use."""

import pytest

from app.formats.catalogue import catalogue


def test_a_message_is_said_in_the_language_of_its_file() -> None:
    assert catalogue("hi").gettext("Police station") == "थाना"


@pytest.mark.parametrize(
    ("language", "message"), [("hi", "no such message"), ("en", "Police station"), ("mr", "Police station")]
)
def test_what_nobody_translated_is_said_as_it_is_written(language: str, message: str) -> None:
    assert catalogue(language).gettext(message) == message
