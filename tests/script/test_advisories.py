import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from script.supply_chain.advisories import NoAdvisories, fetch_advisories, read_advisories

ONE = {"id": "PYSEC-2026-1", "modified": "2026-11-20T10:00:00Z", "affected": []}
TWO = {"id": "PYSEC-2026-2", "modified": "2026-11-22T08:00:00.123456Z"}


def archive(file: Path, *advisories: Any) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for number, advisory in enumerate(advisories):
            target.writestr(f"{number}.json", json.dumps(advisory))
    return file


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def published(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which its files can be fetched."""
    folder = tmp_path / "published"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_list_is_as_old_as_its_newest_change(tmp_path: Path) -> None:
    advisories = read_advisories(archive(tmp_path / "pypi.zip", TWO, ONE))
    assert len(advisories.all) == 2
    assert advisories.newest == datetime(2026, 11, 22, 8, 0, 0, 123456, UTC)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "no list of known vulnerabilities at"),
        (b"", "is damaged"),
        (b"<html>moved</html>", "is damaged"),
        ([], "names none"),
        ([["a list"]], "is no list"),
        ([{"id": "PYSEC-2026-1"}], "is no list"),
        ([{"id": "PYSEC-2026-1", "modified": "lately"}], "is no list"),
        ([{**ONE, "details": "x" * 2_000_000}], "too long"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path, content: Any, why: str) -> None:
    file = tmp_path / "pypi.zip"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        archive(file, *content)
    with pytest.raises(NoAdvisories, match=why):
        read_advisories(file)


def test_a_half_list_is_refused(tmp_path: Path) -> None:
    file = archive(tmp_path / "pypi.zip", ONE, TWO)
    whole = file.read_bytes()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        with pytest.raises(NoAdvisories):
            read_advisories(file)


def test_a_list_is_fetched_and_one_that_cannot_be_read_replaces_nothing(
    tmp_path: Path, published: tuple[Path, str]
) -> None:
    folder, address = published
    archive(folder / "all.zip", ONE)
    (folder / "broken.zip").write_bytes(b"not found, but in words")
    stored = tmp_path / "stored" / "pypi.zip"

    assert len(fetch_advisories(stored, f"{address}/all.zip").all) == 1
    for wrong in ("broken.zip", "absent.zip"):
        with pytest.raises(NoAdvisories):
            fetch_advisories(stored, f"{address}/{wrong}")
    with pytest.raises(NoAdvisories, match="What was stored before stays"):
        fetch_advisories(stored, "nonsense")
    with pytest.raises(NoAdvisories, match="cannot be stored"):
        fetch_advisories(stored / "below-a-file", f"{address}/all.zip")
    assert read_advisories(stored).all == [ONE]
    assert list(stored.parent.iterdir()) == [stored]
