"""A record as any web server of files serves it: for tests that copy one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.factories.record.folder import RecordFolder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """To nobody."""


@contextmanager
def served_from(folder: Path) -> Iterator[str]:
    """The address at which the record in the folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/r/record"
        server.shutdown()


def serve(record: RecordFolder, folder: Path) -> None:
    """Put a record where it is served from, or what has become of it. The lists of numbers lie beside it."""
    record.write(folder / "r" / "record")
    beside = folder / "r" / "receipts"
    if not beside.exists():
        (folder / "r" / "record" / "receipts").rename(beside)
