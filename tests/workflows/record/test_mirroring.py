"""A copy of another department's record, kept and checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.workflows.record.mirroring import mirror_record
from tests.factories.record.folder import LOG, RecordFolder, Signer, invented_record
from tests.factories.record.served import serve, served_from


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served_from(tmp_path / "served") as address:
        yield address


def heads(tmp_path: Path) -> list[int]:
    return sorted(int(path.name) for path in (tmp_path / "mirror" / "heads").iterdir())


def mirror(address: str, tmp_path: Path, record: RecordFolder) -> bool:
    serve(record, tmp_path / "served")
    return mirror_record(address, tmp_path / "mirror", LOG.vkey)


def test_every_head_is_kept_and_a_past_that_was_rewritten_is_found(
    address: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = invented_record()
    later = record.entries[700:]
    del record.entries[700:]
    assert mirror(address, tmp_path, record)
    record.entries += later
    assert mirror(address, tmp_path, record)
    assert heads(tmp_path) == [700, 886]
    assert "nothing wrong" in capfd.readouterr().out
    record.entries[1] = {**record.entries[1], "since": "2026-11-29"}
    assert not mirror(address, tmp_path, record)
    assert "the past was rewritten" in capfd.readouterr().out
    assert heads(tmp_path) == [700, 886], "of what does not continue them no head is kept"
    assert (tmp_path / "mirror" / "doubted" / "checkpoint").exists()
    served = (tmp_path / "mirror" / "record" / "checkpoint").read_text("utf-8")
    assert served == (tmp_path / "mirror" / "heads" / f"{886:012}").read_text("utf-8")


def test_what_is_wrong_but_continues_is_kept_since_it_may_stay_wrong(address: str, tmp_path: Path) -> None:
    record = invented_record()
    record.entries[60] = {**record.entries[60], "on": "2020-01-01"}
    for number in (886, 887):
        assert not mirror(address, tmp_path, record)
        assert heads(tmp_path)[-1] == number
        record.entries.append({**record.entries[-1]})


def test_where_there_is_no_record_nothing_is_changed(address: str, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    with pytest.raises(Problem, match=r"record\.address"):
        mirror_record("ftp://feedback.example.gov.in", tmp_path / "mirror", LOG.vkey)
    assert not (tmp_path / "mirror").exists()
    with pytest.raises(Problem, match=r"record\.not_fetched"):
        mirror_record(address, tmp_path / "mirror", LOG.vkey)
    assert heads(tmp_path) == []


def test_a_wrong_key_is_told_before_more_than_the_head_is_fetched(
    address: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    serve(invented_record(), tmp_path / "served")
    other = Signer(LOG.name, b"o" * 32)
    for key, why in (
        (other, "not signed by the key that you gave"),
        (Signer("example.org/r/record", b"o" * 32), "it is of"),
    ):
        with pytest.raises(Problem, match=r"record\.key_wrong") as wrong:
            mirror_record(address, tmp_path / "mirror", key.vkey)
        assert why in str(wrong.value.details["why"])
        assert capfd.readouterr().out == "886 entries, of which the signed head was fetched\n"
        assert [path.name for path in (tmp_path / "mirror").iterdir()] == ["heads"]
    with pytest.raises(Problem, match=r"record\.key_mistyped"):
        mirror_record(address, tmp_path / "mirror", LOG.vkey[:-1])


def test_a_head_that_the_known_key_did_not_sign_is_looked_at_as_a_whole(address: str, tmp_path: Path) -> None:
    """Somebody else signs all at once: the copy is the proof."""
    record = invented_record()
    assert mirror(address, tmp_path, record)
    record.write(tmp_path / "served" / "r" / "record", (Signer(LOG.name, b"o" * 32),))
    assert not mirror_record(address, tmp_path / "mirror", LOG.vkey)
    assert (tmp_path / "mirror" / "doubted" / "tile").exists()
    assert heads(tmp_path) == [886]


def test_whoever_begins_a_mirror_later_sees_nothing_of_a_past_that_was_rewritten_before(
    address: str, tmp_path: Path
) -> None:
    record = invented_record()
    record.entries[1] = {**record.entries[1], "since": "2026-11-29"}
    assert mirror(address, tmp_path, record)
