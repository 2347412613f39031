"""The record as it is served: fetched and checked by the program that is served with it, and by nothing else."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import delete
from werkzeug.serving import make_server

from app.config import Settings
from app.domain.installation.public_results import Depth
from app.domain.record.merkle import leaf_hash, root_from_path
from app.domain.record.tiles import unbundle
from app.formats.record.notes import RecordKey, open_checkpoint
from app.formats.record.proofs import read_proof
from app.jobs.record.keeping import keep_record
from app.models import RecordCheckpoint, RecordEntry, RecordFile, RecordNode
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.web.public.figures.conftest import MONDAY, Reader

PROGRAMS = Path(__file__).parents[4] / "static" / "verify"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Of a server that this application answers at."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/r/record"
    server.shutdown()
    server.server_close()
    thread.join()


def run(does: str, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """A program as a stranger runs it: without anything of ours, not even our folder."""
    program = sys.executable, "-I", "-S", str(PROGRAMS / f"samvad-{does}.py"), *arguments
    return subprocess.run(program, capture_output=True, text=True, check=False, cwd=at)


@pytest.mark.usefixtures("recorded")
class TestServed:
    def test_a_stranger_fetches_and_checks_it(
        self, address: str, settings: Settings, tmp_path: Path, reader: Reader
    ) -> None:
        key = RecordKey("localhost/r/record", settings.secrets.record).vkey
        for does in ("fetch", "verify"):
            served = reader.get(f"/r/record/samvad-{does}.py").data
            assert served == (PROGRAMS / f"samvad-{does}.py").read_bytes()
        assert run("fetch", address, "copy", at=tmp_path).returncode == 0
        first = run("verify", "copy", "--key", key, at=tmp_path)
        assert (first.returncode, first.stderr) == (0, ""), first.stdout
        assert first.stdout.endswith("0 witnesses: nothing wrong; compare with a printed report\n")
        figures = sorted((tmp_path / "copy").glob("figures/*.json"))
        assert len(figures) == 3
        # Offline from here on; then somebody changes a number in the copy.
        figures[0].write_bytes(figures[0].read_bytes().replace(b"2026", b"2027", 1))
        assert "are not those that were published" in run("verify", "copy", "--key", key, at=tmp_path).stdout

    def test_a_past_that_was_written_anew_is_told_by_an_earlier_copy(
        self, address: str, settings: Settings, tmp_path: Path
    ) -> None:
        key = RecordKey("localhost/r/record", settings.secrets.record).vkey
        assert run("fetch", address, "copy", at=tmp_path).returncode == 0
        (tmp_path / "copy" / "checkpoint").rename(tmp_path / "kept")
        with transaction() as session:
            for model in (RecordEntry, RecordNode, RecordCheckpoint, RecordFile):
                session.execute(delete(model))
            decide_public_results(session, Depth.DISTRICT, MONDAY.date(), None, MONDAY)
        shutil.rmtree(settings.record_folder)
        keep_record(settings, MONDAY)
        assert run("fetch", address, "again", at=tmp_path).returncode == 0
        again = run("verify", "again", "--key", key, "--held", "kept", at=tmp_path)
        assert again.returncode == 1
        assert again.stdout.startswith("kept: it is of ")
        assert "were taken away" in again.stdout

    def test_only_what_was_signed(self, reader: Reader, settings: Settings) -> None:
        key = RecordKey("localhost/r/record", settings.secrets.record)
        head = reader.get("/r/record/checkpoint")
        size = open_checkpoint(head.text, key.vkey).size
        assert head.headers["Cache-Control"] == "no-cache"
        entries = unbundle(reader.get(f"/r/record/tile/entries/000.p/{size}").data)
        assert len(entries) == size
        for missing in (f"tile/0/000.p/{size + 1}", "tile/1/000", "figures/" + "a" * 64 + ".json", "texts/x", ".."):
            assert reader.get(f"/r/record/{missing}").status_code == 404, missing

    def test_the_proof_beside_a_print_leads_to_the_head(self, reader: Reader, settings: Settings) -> None:
        proof = read_proof(reader.get("/r/s-d1-b-1/2026-11-30.tlog-proof").text)
        key = RecordKey("localhost/r/record", settings.secrets.record)
        checkpoint = open_checkpoint(proof.checkpoint, key.vkey)
        entries = unbundle(reader.get(f"/r/record/tile/entries/000.p/{checkpoint.size}").data)
        entry = entries[proof.index]
        assert b'"type":"edition"' in entry
        assert root_from_path(leaf_hash(entry), proof.index, checkpoint.size, proof.path) == checkpoint.root


def test_nothing_is_served_before_anything_was_signed(reader: Reader) -> None:
    assert reader.get("/r/record/checkpoint").status_code == 404
    assert reader.get("/r/record?lang=en").status_code == 200
