"""samvad responses import: what phones saved, on both databases."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cli import commands
from app.domain.devices.sequence import Arrived
from app.models import AuditEntry, Response
from app.services.devices.sequences import read_sequences
from app.transaction import reading
from tests.fixtures.outbox import ANSWERS, count, verdicts
from tests.fixtures.tablets import Phone, add_phone

Import = Callable[..., Result]

pytestmark = pytest.mark.both_databases


@pytest.fixture
def phone(client: FlaskClient) -> Phone:
    return add_phone(client, at=datetime.now(UTC))


@pytest.fixture
def take(app: Flask, tmp_path: Path) -> Import:
    """`take(items)` or `take(content=…)`: run the command on a file as a phone writes it."""

    def run(items: list[dict[str, Any]] | None = None, content: bytes = b"") -> Result:
        file = tmp_path / "samvad.json"
        file.write_bytes(content or written(items or []))
        return CliRunner().invoke(commands, ["responses", "import", str(file)])

    return run


def written(items: list[dict[str, Any]]) -> bytes:
    return json.dumps({"responses": items}, ensure_ascii=False, separators=(",", ":")).encode()


def rows(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_a_file_of_any_length_is_taken_in_once(phone: Phone, take: Import) -> None:
    items = [phone.sealed(ANSWERS) for _ in range(230)]
    first = take(items)
    assert first.exit_code == 0, first.output
    assert [row[0] for row in rows(first)] == [str(number) for number in range(1, 231)]
    assert [row[1] for row in rows(first)] == [item["id"] for item in items]
    assert "stored 230, known before 0, rejected 0" in first.stderr
    second = take(items)
    assert second.exit_code == 0
    assert "stored 0, known before 230, rejected 0" in second.stderr
    assert [row[3] for row in rows(second)] == [row[3] for row in rows(first)]
    assert count(Response) == 230
    assert {verdict for verdict, _ in verdicts()} == {"counted"}
    with reading() as session:
        assert read_sequences(session, [phone.tablet.id])[phone.tablet.id] == Arrived(230, ())
        assert [entry.details for entry in session.scalars(select(AuditEntry))] == [
            '{"stored":230}',
            '{"duplicate":230}',
        ]


def test_what_the_phone_sent_meanwhile_is_known(phone: Phone, take: Import) -> None:
    items = [phone.sealed(ANSWERS) for _ in range(3)]
    assert phone.outbox.statuses(items[1]) == ["stored"]
    assert [row[2] for row in rows(take(items))] == ["stored", "duplicate", "stored"]
    assert phone.outbox.statuses(*items) == ["duplicate"] * 3


def test_one_bad_item_leaves_the_others_alone_and_is_named(phone: Phone, take: Import) -> None:
    good, cut, other = (phone.sealed(ANSWERS) for _ in range(3))
    foreign = {**other, "body": good["body"]}
    result = take([good, {**cut, "body": cut["body"][:-8]}, foreign, {"id": 1}, phone.outbox.item(token="A" * 26)])
    assert result.exit_code == 1
    assert [row[2] for row in rows(result)] == ["stored", *["rejected"] * 4]
    assert "[response.seal_broken]" in rows(result)[1][3]
    assert "[response.seal_broken]" in rows(result)[2][3]
    assert rows(result)[3][:2] == ["4", "-"]
    assert "[token.invalid]" in rows(result)[4][3]
    assert count(Response) == 1


def test_of_a_file_that_breaks_off_the_whole_items_are_taken_in(phone: Phone, take: Import) -> None:
    whole = written([phone.sealed(ANSWERS) for _ in range(3)])
    result = take(content=whole[: -len(whole) // 5])
    assert result.exit_code == 1
    assert [row[2] for row in rows(result)] == ["stored", "stored"]
    assert "breaks off after item 2" in result.stderr
    assert "known before 2" in take(content=whole).stderr
    assert count(Response) == 3


def test_a_file_that_was_edited_counts_no_unsigned_answer(phone: Phone, take: Import) -> None:
    item = phone.sealed(ANSWERS)
    assert take([{**item, "signature": "A" * 86}]).exit_code == 0
    assert verdicts() == [("set_aside", ["signature_invalid"])]


@pytest.mark.parametrize("content", [b"x", b"[]", b'{"responses": 3}', b"\xff\xfe", b"[" * 100_000, b"PK\x03\x04"])
def test_what_is_no_such_file_is_refused_and_changes_nothing(take: Import, content: bytes) -> None:
    result = take(content=content)
    assert result.exit_code == 1
    assert "[batch.malformed]" in result.output
    assert count(Response) == 0


@pytest.mark.parametrize("content", [b'{"responses":[]}', b'{"responses": ['])
def test_a_file_without_items_stores_nothing(take: Import, content: bytes) -> None:
    result = take(content=content)
    assert (result.exit_code, result.stdout) == (0 if content.endswith(b"}") else 1, "")


def test_letters_are_taken_as_they_stand(phone: Phone, take: Import) -> None:
    """A device signs the body's letters: reading a broken file must not write them anew."""
    body = {"purpose": "complaint", "comment": "थाना “अच्छा” है\u2028"}
    sent = phone.tablet.sign(phone.outbox.item(body, device=str(phone.tablet.id), sequence=1))
    assert take(content=written([sent, sent])[:-3]).exit_code == 1
    assert verdicts() == [("counted", [])]
