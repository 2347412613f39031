"""Server and verifier share no code: here they are held against each other, in parts and on a whole record."""

import json
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.record import canonical, merkle, multiset
from app.domain.record.code_mark import code_mark
from app.domain.record.tiles import bundle, hashes, tiles_of
from app.domain.weeks import week_of
from app.formats.record.notes import RecordKey, checkpoint_text
from app.formats.record.report_codes import ReportCode, write
from app.models import Edition, Place, ReceiptNumber, SealWeek
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.receipts import count_receipts
from app.transaction import reading, transaction
from app.workflows.editions.correction import correct_newest
from app.workflows.record.export import export_record
from tests.factories.record.department import RecordedDepartment, entries, monday, told_editions
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import FILE, findings_in, verifier

KEY = RecordKey("localhost/r/record", SECRETS.record)
VKEY = ("--key", KEY.vkey)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex("[a-z][a-z0-9_]{0,5}", fullmatch=True), inner)
    ),
    max_leaves=12,
)
ENTRIES = st.dictionaries(st.from_regex("[a-z][a-z0-9_]{0,9}", fullmatch=True), VALUES, max_size=6)
#: what may be written in the place of a value, or of a part of one
SPELLINGS = (" ", "null", "1.0", "-0", "01", "1e3", "NaN", '"\\u0041"', '"\\n"', '"e\u0301"', '"A":1', ",", "{}", "\\")


@settings(max_examples=50)
@given(ENTRIES)
def test_what_the_server_writes_is_read(entry: dict[str, canonical.Value]) -> None:
    try:
        data = canonical.to_bytes(entry)
    except canonical.NotCanonical:
        return
    assert verifier.read_entry(data) == entry


@settings(max_examples=50)
@given(ENTRIES, st.data())
def test_both_refuse_the_same_spellings(entry: dict[str, canonical.Value], data: st.DataObject) -> None:
    text = json.dumps(entry, ensure_ascii=data.draw(st.booleans()), separators=(",", ":"))
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + data.draw(st.sampled_from(SPELLINGS)) + text[at + data.draw(st.integers(0, 2)) :]
    written = changed.encode("utf-8", "surrogatepass")
    try:
        read = canonical.from_bytes(written)
    except canonical.NotCanonical:
        read = None
    assert verifier.read_entry(written) == read


@settings(max_examples=60)
@given(st.integers(1, 700), st.data())
def test_trees_and_tiles(size: int, data: st.DataObject) -> None:
    """As they are written down, and the first so many entries of each."""
    contents = [b'{"a":%d}' % number for number in range(size)]
    leaves = [merkle.leaf_hash(entry) for entry in contents]
    with tempfile.TemporaryDirectory() as place:
        written_down(Path(place), contents)
        copy, taken = verifier.Copy(Path(place)), []
        tree, whole = verifier.read_tree(copy, size, lambda _, entry, entered: taken.append((entry, entered)))
        verifier.check_tiles(copy, tree, size)
    assert (taken, whole, copy.wrong) == ([(entry, True) for entry in contents], True, [])
    for first in (size, data.draw(st.integers(0, size))):
        assert tree.root(first) == merkle.root_of(leaves[:first])


def written_down(folder: Path, contents: Sequence[bytes]) -> None:
    subtree = merkle.in_memory([merkle.leaf_hash(entry) for entry in contents])
    for tile in tiles_of(len(contents)):
        first = tile.index * 256
        content = bundle(contents[first : first + tile.width]) if tile.level is None else hashes(tile, subtree)
        (folder / tile.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / tile.path).write_bytes(content)


@settings(max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32))
def test_notes_and_report_codes(seed: bytes, size: int, root: bytes) -> None:
    key = RecordKey("example.org/r/record", seed)
    note = key.sign(checkpoint_text(key.name, size, root))
    checkpoint = verifier.read_checkpoint(note)
    verifier.check_signed(checkpoint, [verifier.key_of(key.vkey)])
    assert (checkpoint.size, checkpoint.root) == (size, root)
    data = verifier.from_base32(write(ReportCode.of(note, key.vkey, root)))
    assert (data[5:9], data[9:41], data[105:]) == (size.to_bytes(4, "big"), root, root)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_multisets(marks: list[bytes]) -> None:
    assert verifier.multiset(marks) == multiset.Multiset().with_all(marks).digest().hex()


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    """Three Mondays, a correction, and results that were opened further in between."""
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    department.open(Depth.STATION)
    department.publish(1)
    correct_newest("S-0", "error", {"en": "A mistake.", "hi": "एक गलती।"}, monday(1, minute=5), even_the_same=True)
    department.publish(2)
    return department


@pytest.mark.both_databases
def test_nothing_is_wrong_with_what_the_server_keeps(department: RecordedDepartment, tmp_path: Path) -> None:
    export_record(tmp_path, monday(2))
    assert {"release", "edition", "correction", "seal"} <= {entry["type"] for entry in entries()}
    assert "hidden" in told_editions()[0]
    # The invented department sleeps from Monday to Monday.
    assert [line for line in findings_in(tmp_path, keys=VKEY) if "no seal between" not in line] == []
    with reading() as session:
        edition = session.scalars(select(Edition).where(Edition.number == 1)).all()[-1]
        checkpoint = newest_checkpoint(session)
        assert checkpoint is not None
    code = write(ReportCode.of(checkpoint.note, KEY.vkey, bytes.fromhex(edition.digest)))
    asked = verifier.arguments([str(tmp_path), *VKEY, "--qr", f"HTTPS://LOCALHOST/R/Q/{code}"])
    copy = verifier.Copy(tmp_path)
    verifier.verify(asked, copy)
    assert [line for line in copy.told if line.startswith("report code: ")] == [
        f"report code: S-1 2026-06-29, entry {entries().index(told_editions()[-1])} of 2026-06-29"
    ]


@pytest.mark.both_databases
def test_nothing_is_wrong_with_a_policy_that_was_chosen(app: Flask, settings: Settings, tmp_path: Path) -> None:
    department = RecordedDepartment(settings, Depth.DISTRICT)
    department.publish(0)
    with transaction() as session:
        two = two_accounts(session, session.get_one(Place, department.district))
        made = put_in_force(session, two, STRICTER, monday(3).date())
    department.publish(1)
    export_record(tmp_path, monday(1))
    (told,) = [entry for entry in entries() if entry["type"] == "policy" and entry["policy"] == made.number]
    assert (told["what"], told["since"]) == ("screening", monday(3).date().isoformat())
    assert "fewest alike: 50\n" in (tmp_path / "policy" / f"{told['document']}.txt").read_text("utf-8")
    assert [line for line in findings_in(tmp_path, keys=VKEY) if "no seal between" not in line] == []


def test_a_number_that_was_proved_and_then_struck_is_missed(
    department: RecordedDepartment, client: FlaskClient, tmp_path: Path
) -> None:
    """The proof comes from the page, the list from the server's export."""
    folder, file = tmp_path / "copy", tmp_path / "proof"
    came = monday(2) - timedelta(days=3)
    none = {"answers": 60, "answers_product": bytes(384), "verdicts": 0, "verdicts_product": bytes(384)}
    with transaction() as session:
        count_receipts(session, range(60), came)
        session.add(
            SealWeek(week=week_of(came) - timedelta(weeks=99), **none, mark=bytes(32), told_answers=60, told_verdicts=0)
        )
    file.write_bytes(client.post("/r/receipts", data={"number": "000000000007", "file": "1"}).data)
    with transaction() as session:
        session.execute(delete(ReceiptNumber).where(ReceiptNumber.number == 7))
    department.keep(monday(2, minute=5))
    export_record(folder, monday(2, minute=5))
    week = week_of(came)
    asked = verifier.arguments([str(folder), *VKEY, "--received", str(file)])
    copy = verifier.Copy(folder)
    verifier.verify(asked, copy)
    assert copy.told[-1] == f"received {file}: number 000000000007 arrived in the week {week}"
    assert copy.wrong[-1] == f"number 000000000007 was received in the week {week}, and is not in the list of it"


@pytest.mark.parametrize("name", ["samvad-verify.py", "samvad-fetch.py"])
def test_the_programs_are_handed_out_as_they_are(name: str, client: FlaskClient) -> None:
    """So that anybody can compare what the department hands out with what stands in this repository."""
    answer = client.get(f"/static/verify/{name}")
    assert answer.status_code == 200
    assert answer.data == FILE.with_name(name).read_bytes()


def test_marks_of_codes() -> None:
    copy = verifier.Copy(Path())
    record = verifier.Record(copy, "")
    record.marks[code_mark("CEAAAAAAAIAAAAAAAAAAAAAAAA")] = (7, "")
    verifier.ask_code("https://localhost/s/ceaaaaaaaiaaaaaaaaaaaaaaaa", record)
    assert copy.told == ["code CFCLMDA4SYHUYJK6: entry 7"]
