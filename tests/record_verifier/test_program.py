"""The verifier as a program: where it runs, what it ends with, and that it never breaks down."""

import ast
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.factories.record.folder import FIRST, LOG, WITNESS, RecordFolder, canonical, invented_record, report_code
from tests.record_verifier import FILE, KEYS, findings_in, verifier

OLDEST = (3, 9)
EDITS = 50
#: what the department can change unseen if nobody holds a checkpoint: values that nothing else in the record tells
OUT_OF_REACH = {
    ("code", "survey"),
    ("commitment", "survey"),
    ("policy", "policy"),
    ("quiet", "subject"),
    ("round", "subject"),
    ("seal", "commit"),
    ("setting", "what"),
    ("survey", "fingerprint"),
    ("survey", "kind"),
    ("survey", "languages"),
    ("survey", "survey"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented_record().write(tmp_path_factory.mktemp("record"))


def run(*asked: object, python: str = sys.executable) -> tuple[int, list[str]]:
    """As a stranger's machine would: nothing of this installation within reach."""
    command = [python, "-S", "-E", "-I", str(FILE), *map(str, asked)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, env={"LANG": "C"})
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_it_needs_the_standard_library_alone() -> None:
    tree = ast.parse(FILE.read_text("utf-8"), feature_version=OLDEST)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_no_function_of_it_is_long() -> None:
    functions = [node for node in ast.walk(ast.parse(FILE.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    assert [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= 50] == []


def test_nothing_wrong(folder: Path) -> None:
    code, lines = run(folder, *KEYS)
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("886 entries, root ")
    assert lines[0].endswith("=, 1 witnesses: nothing wrong")


def test_without_a_witness_it_says_what_to_do(folder: Path) -> None:
    assert run(folder, "--key", LOG.vkey)[1][-1].endswith(", 0 witnesses: nothing wrong; compare with a printed report")


def test_it_answers_what_it_was_asked(folder: Path) -> None:
    record = invented_record()
    edition, correction = record.find("edition"), record.find("correction")
    digest = record.files[f"editions/{record.entry(edition)['root']}.txt"].decode().split()[1]
    number = record.files["receipts/2026-11-30.txt"].decode().split()[7]
    poster, other = record.find("code", number="08470054"), record.find("code", number="60329669")
    asked = ("--qr", report_code(record, digest), "--number", number)
    codes = (
        "https://x/s/CODE08470054",
        "code60329669",
        " ".join(re.findall("....", record.entry(poster)["mark"])),
        "NEVERTHERE",
        "\udcff",
        "0847 0054",
        "CMAAAAAAAAAA",
    )
    code, lines = run(folder, *KEYS, *asked, *(word for code in codes for word in ("--code", code)))
    assert code == 0
    assert lines[:-1] == [
        f"report code: NP-D28-0002 2026-12-14, entry {edition} of 2026-12-14",
        f"report code: corrected by entry {correction} (error)",
        f"number {number}: in the list of 2026-11-30",
        f"code {record.entry(poster)['mark']}: entry {poster}",
        f"code {record.entry(other)['mark']}: entry {other}, ended by entry {record.find('code_end')} (compromised)",
        f"code {record.entry(poster)['mark']}: entry {poster}",
        "code UKD37GBYUMSQI4S6: never issued",
        "code \\xdcff: this is no code, no address of one, and no mark of one",
        "code 0847 0054: this is no code, no address of one, and no mark of one",
        "code NZ3U7IGVJLACLWKN: of a slip, which the record does not name singly",
    ]


def test_a_code_without_a_number_ends_by_its_mark(tmp_path: Path) -> None:
    record, day = invented_record(), FIRST + timedelta(days=35)
    record.add("code", day, channel="handle", place="NP", survey="visit", mark="AAAABBBBCCCCDDDD")
    record.add("code_end", day, mark="AAAABBBBCCCCDDDD", place="NP", how="retired")
    folder = record.write(tmp_path)
    assert run(folder, *KEYS, "--code", "AAAABBBBCCCCDDDD")[1][0].endswith(": entry 886, ended by entry 887 (retired)")


def test_a_witness_who_is_named_twice_is_one(folder: Path) -> None:
    assert ", 1 witnesses:" in run(folder, *KEYS, *KEYS[2:])[1][-1]


def test_nobody_reads_to_the_end(folder: Path) -> None:
    command = f"{sys.executable} -I {FILE} {folder} {' '.join(KEYS)} --code {'A' * 60_000} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stderr == b""


def test_a_finding_ends_it_with_one(folder: Path) -> None:
    code, lines = run(folder, *KEYS, "--number", "0000 0000 0000")
    assert code == 1
    assert lines[:2] == ["number 000000000000: in no list", "number 000000000000 is in no list"]
    assert lines[2].endswith(": 1 findings")


def test_what_cannot_begin_ends_it_with_two_and_a_sentence(folder: Path, tmp_path: Path) -> None:
    for asked, says in (
        ((), "required"),
        ((folder,), "--key"),
        ((tmp_path / "nowhere", *KEYS), "There is no folder"),
        ((tmp_path, *KEYS), "checkpoint cannot be read."),
        ((folder, "--key", "feedback.example.gov.in"), "this is not the key of a record"),
        ((folder, "--key", LOG.vkey.replace("AQO", "AQP")), "this is not the key of a record"),
        ((folder, "--key", WITNESS.vkey), "this is not the key of a record"),
        ((folder, *KEYS, "--witness", LOG.vkey), "this is not the key of a witness"),
        ((folder, *KEYS, "--held", tmp_path / "nothing"), "nothing cannot be read."),
        ((folder, *KEYS, "--number", "12"), "twelve digits"),
        ((folder, *KEYS, "--macs", tmp_path), "WEEK.answers"),
        ((folder, *KEYS, "--everything"), "--everything"),
    ):
        code, lines = run(*asked)
        assert (code, len(lines)) == (2, 1), asked
        assert says in lines[0], asked


def test_digits_of_any_script_are_digits() -> None:
    assert verifier.number_from("१२३४ ५६७८-९०१२") == "123456789012"


def test_marks_that_are_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "2026-11-30.answers").write_text("a letter to the editor")
    code, lines = run(folder, *KEYS, "--macs", tmp_path)
    assert code == 2
    assert "64 hexadecimal digits" in lines[0]


def test_every_key_that_is_missing_or_of_another_kind_is_a_finding(tmp_path: Path) -> None:
    """One of each type: without each of its keys, and with each of them as something else."""
    entries = [entry for entry in invented_record().entries if isinstance(entry, dict)]
    by_form = {verifier.form_of(entry): entry for entry in entries}
    assert by_form.keys() | {"key", "seal", "break"} == verifier.FORMS.keys()
    for form, entry in by_form.items():
        for name, needed, kind in verifier.CHECKS[form]:
            rest = {key: value for key, value in entry.items() if key != name}
            if needed:
                assert any(line.endswith(" is missing") for line in wrong_with(rest, tmp_path)), (form, name)
            for value in (-7, [[1]], {"a": []}, [{"a": 1}]) if kind is not verifier.KINDS["any"] else ():
                assert wrong_with({**rest, name: value}, tmp_path), (form, name, value)


def wrong_with(entry: dict[str, Any], folder: Path) -> list[str]:
    copy = verifier.Copy(folder)
    verifier.Record(copy, LOG.name).take(1, canonical(entry), True)
    return [line for line in copy.wrong if "begin" not in line]


def files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_random_edits_of_a_copy_are_all_found(tmp_path: Path) -> None:
    """Bytes changed, cut off, put in or files taken away, anywhere; none is out of reach."""
    chance = random.Random(20261130)  # noqa: S311
    folder = invented_record().write(tmp_path)
    files = files_of(folder)
    removed = {folder / f"texts/{entry['text']}.json" for entry in texts_taken_away()}
    for _ in range(EDITS):
        file = chance.choice(files)
        data = file.read_bytes()
        at = chance.randrange(len(data))
        how = chance.choice(["change", "cut", "put in", "take away"])
        if how == "take away" and file.name != "checkpoint" and file not in removed:
            file.unlink()
        else:
            file.write_bytes(
                {
                    "change": data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :],
                    "cut": data[:at],
                }.get(how, data[:at] + b"x" + data[at:])
            )
        try:
            found = findings_in(folder, keys=KEYS if file.name == "checkpoint" else KEYS[:2])
        except verifier.Unreadable as unreadable:
            found = [str(unreadable)]
        assert found, (file, how, at)
        file.write_bytes(data)


def texts_taken_away() -> Iterator[dict[str, Any]]:
    record = invented_record()
    for entry in record.entries:
        if isinstance(entry, dict) and entry["type"] == "removal":
            yield record.entry(entry["of"])


def test_random_edits_by_the_department_are_found_by_whoever_holds_a_checkpoint(tmp_path: Path) -> None:
    """Without one, what no other entry and no file speaks of is out of reach."""
    chance = random.Random(20261201)  # noqa: S311
    (tmp_path / "held.txt").write_text(invented_record().checkpoint())
    unseen = []
    for number in range(EDITS):
        record = invented_record()
        index = chance.randrange(len(record.entries)) if number % 2 else chance.randrange(20)
        name = edited(record, index, chance)
        folder = record.write(tmp_path / str(number))
        held = findings_in(folder, "--held", str(tmp_path / "held.txt"), keys=KEYS[:2])
        assert "held.txt: the first 886 entries are not those it was signed over: the past was rewritten" in held
        if held == held[-1:]:
            unseen.append((record.entry(index)["type"], name))
    assert set(unseen) == OUT_OF_REACH


def edited(record: RecordFolder, index: int, chance: random.Random) -> str:
    """A value of an entry, made another one of its kind."""
    entry = record.entry(index)
    name = chance.choice([name for name in entry if name not in ("v", "type")])
    value = entry[name]
    if isinstance(value, int):
        entry[name] = not value if isinstance(value, bool) else value + 1
    elif isinstance(value, str):
        at = chance.randrange(len(value))
        entry[name] = value[:at] + chance.choice([each for each in "01a" if each != value[at]]) + value[at + 1 :]
    else:
        entry[name] = value[:-1]
    return name


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"\xff", b'{"a":' * 50_000, b'{"surveys":[1]}', b'{"surveys":{},"place":[],"due_on":{}}'],
    ids=lambda data: data[:12],
)
def test_what_is_no_figures_nor_text(data: bytes) -> None:
    assert not verifier.read_figures(data)[0]
    assert not verifier.is_text(data)
