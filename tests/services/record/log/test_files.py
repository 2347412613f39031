"""The record as files of a folder."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.record.merkle import leaf_hash
from app.domain.record.tiles import Tile, unbundle
from app.services.record.log.entries import NewEntry, contents_between, enter
from app.services.record.log.files import all_files, file_bytes, tile_bytes

DAY = date(2026, 6, 15)


def test_every_file_that_is_named_is_there_and_no_other(session: Session) -> None:
    entries = [NewEntry("code_end", "code_retired", at, {"number": str(at)}) for at in range(257)]
    enter(session, [*entries, NewEntry("policy", "policy", 1, {}, {"policy/ab.txt": "text"})], DAY)
    files = dict(all_files(session, 258))
    assert set(files) == {
        "tile/0/000",
        "tile/0/001.p/2",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/2",
        "policy/ab.txt",
    }
    assert all(file_bytes(session, path, 258) == content for path, content in files.items())
    contents = contents_between(session, 0, 258)
    assert unbundle(files["tile/entries/000"]) + unbundle(files["tile/entries/001.p/2"]) == contents
    assert tile_bytes(session, Tile(0, 1, 2)) == leaf_hash(contents[256]) + leaf_hash(contents[257])
    for missing in ("tile/0/001.p/3", "tile/0/002", "tile/2/000.p/1", "policy/cd.txt", "checkpoint/x", "../secrets"):
        assert file_bytes(session, missing, 258) is None
    # Of a smaller record that was signed, what there was then.
    assert file_bytes(session, "tile/0/001.p/2", 257) is None
    assert file_bytes(session, "policy/ab.txt", 257) is None
