"""What whoever hands a copy on could do to its files, and what a copy is asked: each on a record that is whole else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.record.folder import (
    LOG,
    ORIGIN,
    RECEIPT_KEY,
    WITNESS,
    RecordFolder,
    Signer,
    body_of,
    bundles,
    marks_of,
    numbers_of,
    received,
    report_code,
    sha256,
)
from tests.record_verifier import KEYS, findings_in, findings_of, verifier
from tests.record_verifier.whole import (
    FIRST_EDITION,
    MONDAYS,
    RECEIPTS,
    REWRITTEN,
    SIZE,
    THEIRS,
    WEEK_SEAL,
    WHOLE,
    figures_in,
    hidden,
)


def test_nothing_is_wrong(record: RecordFolder, tmp_path: Path) -> None:
    assert findings_of(record, tmp_path) == []


# -- the files of the tree --


def edited(name: str, at: int) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[at] ^= 1
        (folder / name).write_bytes(data)

    return edit


def cut(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-3]) and None


def gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


LAST = f"3.p/{SIZE - 768}"
OF_TREE: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a byte of an entry": (
        edited("tile/entries/001", 30),
        ["entry 256: its bytes are not those that were entered"],
    ),
    "a hash of an entry": (
        edited("tile/0/001", 32 * 3),
        [
            "entry 259: its bytes are not those that were entered",
            "tile/1/000.p/3: it is not made of the tiles below it",
            f"checkpoint: {REWRITTEN}",
        ],
    ),
    "a hash of a higher tile": (
        edited("tile/1/000.p/3", 40),
        ["tile/1/000.p/3: it is not made of the tiles below it"],
    ),
    "a tile is missing": (gone("tile/0/002"), ["tile/0/002 is missing"]),
    "a higher tile is missing": (gone("tile/1/000.p/3"), ["tile/1/000.p/3 is missing"]),
    "entries are missing": (
        gone("tile/entries/002"),
        ["tile/entries/002 is missing", "not all was looked at, since entries are missing"],
    ),
    "a tile is cut": (cut("tile/0/002"), ["tile/0/002: it is not as long as it should be"]),
    "a bundle is cut": (
        cut(f"tile/entries/00{LAST}"),
        [
            f"tile/entries/00{LAST}: it is not as long as it should be",
            "not all was looked at, since entries are missing",
        ],
    ),
}


@pytest.mark.parametrize("name", OF_TREE)
def test_files_of_the_tree(name: str, record: RecordFolder, tmp_path: Path) -> None:
    tamper, says = OF_TREE[name]
    tamper(record.write(tmp_path))
    assert findings_in(tmp_path) == says


def test_a_folder_that_was_copied_while_it_grew_is_whole(record: RecordFolder, tmp_path: Path) -> None:
    """The last tile may be there whole, with more than the checkpoint speaks of."""
    grown = [*record.written(), *(b"{}" for _ in range(1024 - SIZE))]
    record.write(tmp_path)
    (tmp_path / f"tile/entries/00{LAST}").unlink()
    (tmp_path / "tile/entries/003").write_bytes(bundles(grown)["tile/entries/003"])
    assert findings_in(tmp_path) == []


# -- the checkpoint, and those that somebody kept --


def test_checkpoints_that_are_not_the_departments(record: RecordFolder, tmp_path: Path) -> None:
    other = Signer(ORIGIN, b"x" * 32)
    assert findings_of(record, tmp_path, signers=(other,)) == ["checkpoint: not signed by the key that you gave"]
    good = record.checkpoint()
    body, _, signatures = good.partition("\n\n")
    for text_, says in (
        (good.replace("gov.in/r/record 1sWB", "gov.in/r/record 1sWC"), "not signed by the key that you gave"),
        (good[:-20], "there is more below it than signatures"),
        (f"{good}see our web site\n", "there is more below it than signatures"),
        (f"{body}\nnote\n\n{signatures}", "extension lines, which no witness vouches for, are not allowed"),
        (good.replace(f"\n{SIZE}\n", f"\n{SIZE - 1}\n"), f"the signature of {ORIGIN} does not hold"),
        (good.replace(f"\n{SIZE}\n", f"\n0{SIZE}\n"), "its size is not a number"),
        (f"{body}\n", "it is not written as a checkpoint is"),
        (f"{body}\n\n", "it is not signed"),
        ("", "it is not written as a checkpoint is"),
    ):
        (tmp_path / "checkpoint").write_text(text_)
        assert findings_in(tmp_path) == [f"checkpoint: {says}"], text_


def test_a_witness_who_did_not_sign_or_signed_something_else(record: RecordFolder, tmp_path: Path) -> None:
    assert findings_of(record, tmp_path, signers=(LOG,)) == [f"checkpoint: not signed by the witness {WITNESS.name}"]
    line = WITNESS.sign(body_of(3, bytes(32)))
    (tmp_path / "checkpoint").write_text(record.checkpoint((LOG,)) + line)
    assert findings_in(tmp_path) == [f"checkpoint: the signature of {WITNESS.name} does not hold"]


def test_a_past_that_was_rewritten_is_seen_by_whoever_holds_anything(record: RecordFolder, tmp_path: Path) -> None:
    """And by nobody else: that is said in the verifier's own words, and is why there are holders."""
    figures = figures_in(record, FIRST_EDITION)[0]
    held, code = tmp_path / "held2.txt", report_code(record, figures)
    held.write_text(record.checkpoint())
    record.entry(WHOLE.find("setting"))["value"] = False
    folder = record.write(tmp_path / "shown")
    assert findings_in(folder) == []
    assert findings_in(folder, "--held", str(held)) == [f"held2.txt: {REWRITTEN}"]
    assert findings_in(folder, "--qr", f"HTTPS://FEEDBACK.EXAMPLE.GOV.IN/R/Q/{code}") == [f"report code: {REWRITTEN}"]


def test_a_tail_that_was_cut(record: RecordFolder, tmp_path: Path) -> None:
    (tmp_path / "held2.txt").write_text(record.checkpoint())
    code = report_code(record, figures_in(record, FIRST_EDITION)[0])
    del record.entries[-30:]
    says = f"it is of {SIZE} entries, and only {SIZE - 30} are shown now: 30 were taken away"
    asked = ("--held", str(tmp_path / "held2.txt"), "--qr", code)
    assert findings_of(record, tmp_path / "shown", *asked) == [f"held2.txt: {says}", f"report code: {says}"]


def test_older_checkpoints_of_the_same_record_hold(record: RecordFolder, tmp_path: Path) -> None:
    asked = []
    for size in (0, 1, 255, 256, 257, 600, SIZE):
        (tmp_path / f"{size}.txt").write_text(record.checkpoint((LOG,), size))
        asked += ["--held", str(tmp_path / f"{size}.txt")]
    assert findings_of(record, tmp_path / "shown", *asked) == []


def test_kept_checkpoints_of_one_name_and_of_others(record: RecordFolder, tmp_path: Path) -> None:
    """People keep them as they come: one folder a week, each with a file of the same name."""
    asked = []
    other = Signer(ORIGIN, b"x" * 32)
    for name, signer in (("a", LOG), ("b", other), ("c", LOG)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "checkpoint").write_text(record.checkpoint((signer,), 600))
        asked += ["--held", str(tmp_path / name / "checkpoint")]
    record.entry(WHOLE.find("setting"))["value"] = False
    rewritten = REWRITTEN.replace(str(SIZE), "600")
    assert findings_of(record, tmp_path / "shown", *asked) == [
        f"{tmp_path}/a/checkpoint: {rewritten}",
        f"{tmp_path}/b/checkpoint: not signed by the key that you gave",
        f"{tmp_path}/c/checkpoint: {rewritten}",
    ]


def test_a_key_that_was_changed(record: RecordFolder, tmp_path: Path) -> None:
    """What the older one signed holds, once the record itself says that there was an older one."""
    new = Signer(ORIGIN, b"n" * 32)
    keys = ("--key", new.vkey)
    (tmp_path / "old.txt").write_text(record.checkpoint((LOG,)))
    held = ("--held", str(tmp_path / "old.txt"))
    folder = record.write(tmp_path / "a", (new,))
    assert findings_in(folder, keys=keys) == ["checkpoint: signed by a key that the record does not name"]
    day = MONDAYS[5]
    record.add("key", day, key=new.vkey, state="added")
    record.add("key", day, key=LOG.vkey, state="ended")
    folder = record.write(tmp_path / "b", (new,))
    assert findings_in(folder, *held, keys=keys) == []
    folder = record.write(tmp_path / "c", (LOG,))
    assert findings_in(folder, keys=("--key", LOG.vkey)) == [f"checkpoint: signed by a key that entry {SIZE + 1} ended"]


def test_a_key_that_was_lost(record: RecordFolder, tmp_path: Path) -> None:
    """Answers are marked under another key from then on: how many there are is compared, and nothing else of them."""
    new, week, day = Signer(ORIGIN, b"n" * 32), MONDAYS[0], MONDAYS[5]
    lost = record.add("key", day, key=LOG.vkey, state="lost")
    record.add("key", day, key=new.vkey, state="added")
    record.add("seal", day, kind="week", weeks=[[str(week), 53, "0" * 64, 56, "0" * 64]])
    said = f"entry {lost}: the key {LOG.vkey} was lost, and does not vouch for the one that signs from here on"
    assert findings_in(record.write(tmp_path / "a", (new,)), keys=("--key", new.vkey)) == [said]
    later = record.add("seal", day, kind="week", weeks=[[str(week), 52, "0" * 64, 56, "1" * 64]])
    assert findings_in(record.write(tmp_path / "b", (new,)), keys=("--key", new.vkey)) == [
        said,
        f"entry {later}: of the week {week} 1 answers are gone",
        f"entry {later}: in the week {week} verdicts were exchanged",
    ]


# -- report codes, numbers, codes, marks --


def test_report_codes(record: RecordFolder, tmp_path: Path) -> None:
    folder = record.write(tmp_path)
    good = report_code(record, figures_in(record, FIRST_EDITION)[0], size=700)
    for code, says in (
        (good, None),
        (good.lower(), None),
        (report_code(record, sha256("made up").hex()), "figures that were never entered"),
        (good[:-50] + "A" * 50, "figures that were never entered"),
        ("AA" + good[2:], "it cannot be read"),
        (good[:90] + ("A" if good[90] != "A" else "B") + good[91:], "its signature does not hold"),
        (report_code(record, "00" * 32, signer=Signer(ORIGIN, b"y" * 32)), "not signed by the key that you gave"),
        ("hello", "it cannot be read"),
    ):
        assert findings_in(folder, "--qr", code) == ([f"report code: {says}"] if says else [])


def test_a_report_of_a_place_that_is_not_open(record: RecordFolder, tmp_path: Path) -> None:
    hidden()(record)
    folder = record.write(tmp_path)
    code = report_code(record, sha256(THEIRS).hex())
    copy = verifier.Copy(folder)
    verifier.verify(verifier.arguments([str(folder), *KEYS, "--qr", code]), copy)
    says = f"report code: a place whose results are not open {MONDAYS[5]}, entry {SIZE} of {MONDAYS[5]}"
    assert (copy.wrong, copy.told) == ([], [says])


def test_a_number_that_was_struck(record: RecordFolder, tmp_path: Path) -> None:
    number = numbers_of(MONDAYS[0], 52)[10]
    folder = record.write(tmp_path)
    assert findings_in(folder, "--number", f"{number[:4]} {number[4:8]} {number[8:]}") == []
    file = folder / f"receipts/{MONDAYS[0]}.txt"
    file.write_text(file.read_text().replace(f"{number}\n", ""))
    index = WHOLE.find("receipts")
    assert findings_in(folder, "--number", number) == [
        f"entry {index}: the confirmation numbers of {MONDAYS[0]} are not those that were published",
        f"number {number} is in no list",
    ]


@pytest.mark.parametrize("what", ["answers", "verdicts"])
def test_marks_of_a_week(what: str, record: RecordFolder, tmp_path: Path) -> None:
    week, count = str(MONDAYS[0]), {"answers": 53, "verdicts": 56}[what]
    folder, file = record.write(tmp_path / "shown"), tmp_path / f"{week}.{what}"
    marks = sorted(mark.hex() for mark in marks_of(what[:-1], week, count))
    sealed = f"{what} of {week}: {{}} are there, entry {WEEK_SEAL} sealed {count}; they are not the same"
    for there, says in (
        (marks, []),
        (marks[1:], [sealed.format(count - 1)]),
        ([*marks[1:], "0" * 64], [sealed.format(count)]),
        ([*marks, marks[0]], [sealed.format(count + 1)]),
    ):
        file.write_text("\n".join(there) + "\n")
        assert findings_in(folder, "--macs", str(tmp_path)) == says


# -- what the department signed for somebody who had a number --


def test_what_was_received_is_told_and_missed_in_its_list(record: RecordFolder, tmp_path: Path) -> None:
    stands, struck = numbers_of(MONDAYS[0], 52)[7], "000000000007"
    not_listed = str(MONDAYS[4])
    file, folder = tmp_path / "proof", record.write(tmp_path / "shown")
    file.write_text(received(stands, MONDAYS[0]) + received(struck, MONDAYS[0]) + received(struck, MONDAYS[4]))
    asked = verifier.arguments([str(folder), *KEYS, "--received", str(file)])
    copy = verifier.Copy(folder)
    verifier.verify(asked, copy)
    assert copy.told == [
        f"received {file}: number {stands} arrived in the week {MONDAYS[0]}",
        f"received {file}: number {struck} arrived in the week {MONDAYS[0]}",
        f"received {file}: number {struck} arrived in the week {not_listed}",
    ]
    assert copy.wrong == [f"number {struck} was received in the week {MONDAYS[0]}, and is not in the list of it"]


def test_of_a_list_that_is_withheld_it_is_not_said_what_is_in_it(record: RecordFolder, tmp_path: Path) -> None:
    file, folder = tmp_path / "proof", record.write(tmp_path / "shown")
    file.write_text(received("000000000007", MONDAYS[1]))
    (folder / f"receipts/{MONDAYS[1]}.txt").unlink()
    says = [f"entry {RECEIPTS}: the confirmation numbers of {MONDAYS[1]} are withheld"]
    assert findings_in(folder, "--received", str(file)) == says


def test_what_the_department_did_not_sign_proves_nothing(record: RecordFolder, tmp_path: Path) -> None:
    number, other = numbers_of(MONDAYS[0], 52)[7:9]
    good = received(number, MONDAYS[0])
    does_not_hold, no_key = "its signature does not hold", "no key for it stands in the record"
    unwritten = "it is not written as a proof is"
    file, folder = tmp_path / "proof", record.write(tmp_path / "shown")
    for text_, says in (
        (good, None),
        (good.replace("\n", "\r\n"), None),
        (good.replace(number, other), does_not_hold),
        (good.replace(str(MONDAYS[0]), str(MONDAYS[1])), does_not_hold),
        (received(number, MONDAYS[0], signer=Signer(RECEIPT_KEY.name, b"x" * 32)), no_key),
        (received(number, MONDAYS[0], signer=LOG), no_key),
        (
            received(number, MONDAYS[0], origin="other.example/r/record"),
            f"it is of other.example/r/record, not of {ORIGIN}",
        ),
        (good.replace("received 1", "received 2"), unwritten),
        (good[:-5], unwritten),
        (good + "and more\n", unwritten),
        (good[:-5] + "\n", does_not_hold),
        (good[:-3] + "\n", unwritten),
        ("", unwritten),
    ):
        file.write_bytes(text_.encode())
        assert findings_in(folder, "--received", str(file)) == ([f"received {file}: {says}"] if says else []), text_


def test_a_key_of_receipts_that_was_followed_by_another_still_proves(record: RecordFolder, tmp_path: Path) -> None:
    """A department could disown what it signed by naming another key."""
    number, (file, newer) = numbers_of(MONDAYS[0], 52)[7], (tmp_path / "proof", Signer(RECEIPT_KEY.name, b"x" * 32))
    record.add("setting", MONDAYS[5], what="receipt_key", value=newer.vkey, since=str(MONDAYS[5]))
    file.write_text(received(number, MONDAYS[0]) + received(number, MONDAYS[0], signer=newer))
    assert findings_of(record, tmp_path / "shown", "--received", str(file)) == []
