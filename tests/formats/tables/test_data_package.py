"""The descriptor, as a program that others have written reads it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from frictionless import Package

from app.domain.dialogue.open_data.tables import TABLES
from app.domain.sentence import Sentence
from app.formats.tables.data_package import PackagedTable, PackageHead, write_data_package

HEAD = PackageHead(
    title=Sentence("Results"),
    about=Sentence("Open data"),
    publisher={"hi": "नमूना पुलिस", "en": "Sample Police"},
    address="https://samvad.example/r/data",
    licence=("GODL-India", "https://licence.example/"),
    created=datetime(2026, 11, 30, 5, 30, tzinfo=UTC),
)
FILES = [PackagedTable(f"{table.name}{'-2026' if table.by_year else ''}", table, 10, "a" * 64) for table in TABLES]


def test_it_is_a_data_package_with_keys_and_references() -> None:
    package = Package.from_descriptor(json.loads(write_data_package(HEAD, FILES)))
    assert [resource.name for resource in package.resources] == [file.name for file in FILES]
    figures = package.get_resource("figures-2026").schema
    assert figures.primary_key == ["place", "edition", "survey", "evidence", "question", "row", "answer"]
    assert {key["reference"]["resource"] for key in figures.foreign_keys} == {
        "places",
        "editions",
        "questions",
        "answers",
        "sections-2026",
    }
    assert figures.get_field("row").missing_values == []
    assert figures.get_field("share_kind").constraints["enum"] == ["about", "below", "above", "between", "withheld"]


def test_words_stand_in_every_language_and_in_english_where_others_look() -> None:
    written = json.loads(write_data_package(HEAD, FILES))
    assert (written["title"], written["titles"]) == ("Results", {"hi": "नतीजे", "en": "Results"})
    for resource in written["resources"]:
        for field in [resource, *resource["schema"]["fields"]]:
            assert field["description"] == field["descriptions"]["en"]
            assert any("\u0900" <= letter <= "\u097f" for letter in field["descriptions"]["hi"])


def test_without_a_licence_none_is_named() -> None:
    assert "licenses" not in json.loads(write_data_package(replace(HEAD, licence=None), FILES))
    assert json.loads(write_data_package(HEAD, FILES))["licenses"][0]["name"] == "GODL-India"
