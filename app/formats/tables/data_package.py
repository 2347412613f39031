"""Tables with what is to be known of them, as a Data Package of Frictionless Data, profile 2.0 (datapackage.org)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.dialogue.open_data.columns import Column, Reference, Table
from app.domain.dialogue.open_data.tables import BY_YEAR
from app.domain.json_value import JsonObject
from app.domain.sentence import Sentence
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.formats.catalogue import catalogue

_PROFILES = "https://datapackage.org/profiles/2.0"
#: descriptions stand in English, which programs of others show, and beside it in all languages
_ENGLISH = "en"
_BY_YEAR = {table.name for table in BY_YEAR}


@dataclass(frozen=True, slots=True)
class PackagedTable:
    """A table as a file: `name` is what it is called before its ending, `size` in bytes, `digest` SHA-256."""

    name: str
    table: Table
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PackageHead:
    """What the package is. `address` is where its page stands; a licence has a name and an address."""

    title: Sentence
    about: Sentence
    publisher: Mapping[str, str]
    address: str
    licence: tuple[str, str] | None
    created: datetime


def write_data_package(head: PackageHead, tables: Sequence[PackagedTable]) -> bytes:
    """The descriptor that lies beside the tables."""
    created = head.created.isoformat(timespec="seconds")
    written: JsonObject = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "results",
        "id": f"{head.address}/datapackage.json",
        **_words("title", head.title),
        **_words("description", head.about),
        "homepage": head.address,
        "version": f"{head.created:%Y.%m.%d}",
        "created": created,
        "contributors": [{"title": title, "roles": ["publisher"]} for title in head.publisher.values()],
        **({"licenses": [dict(zip(("name", "path"), head.licence, strict=True))]} if head.licence else {}),
        "resources": [_resource(file) for file in tables],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _resource(file: PackagedTable) -> JsonObject:
    table = file.table
    year = file.name.removeprefix(table.name)
    return {
        "name": file.name,
        "type": "table",
        "path": f"{file.name}.csv",
        **_words("description", table.about),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.digest}",
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_reference(reference, year) for reference in table.references],
        },
    }


def _field(column: Column) -> JsonObject:
    constraints: JsonObject = {
        **({"required": True} if column.required else {}),
        **({"enum": list(column.options)} if column.options else {}),
    }
    return {
        "name": column.name,
        "type": column.type,
        **_words("description", column.about),
        **({"constraints": constraints} if constraints else {}),
        **({"missingValues": []} if column.blank else {}),
    }


def _reference(reference: Reference, year: str) -> JsonObject:
    """Tables of a year refer to those of the same year, where there are any."""
    resource = f"{reference.table}{year}" if reference.table in _BY_YEAR else reference.table
    return {"fields": list(reference.columns), "reference": {"resource": resource, "fields": list(reference.to)}}


def _words(name: str, words: Sentence) -> JsonObject:
    """In English under the name that everybody reads, and in each language under its plural."""
    each: JsonObject = {language: words.text(catalogue(language).gettext) for language in REQUIRED_LANGUAGES}
    return {name: words.text(catalogue(_ENGLISH).gettext), f"{name}s": each}
