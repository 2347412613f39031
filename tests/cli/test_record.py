"""samvad record, from outside."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import delete, select

from app.cli import commands
from app.config import Secrets, Settings
from app.domain.clocks import ClockReading
from app.formats.crypto.secret_files import write_secrets
from app.formats.record import report_codes
from app.formats.record.notes import RecordKey
from app.jobs.clock import read_clocks
from app.models import Edition, RecordCheckpoint, RecordEntry, RecordNode
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import size_of
from app.services.record.report_codes import Standing, check_report, report_mark
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, monday, types
from tests.factories.record.folder import LOG, WITNESS, invented_record
from tests.factories.record.served import serve, served_from
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import findings_in

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    reading = read_clocks()
    app.config["CLOCKS"] = lambda: ClockReading(monday(1).astimezone(UTC), reading.boot, reading.ran)

    def run(*arguments: str, typed: str = "") -> Result:
        info = ScriptInfo(create_app=lambda: app)
        return CliRunner().invoke(commands, ["record", *arguments], obj=info, input=typed)

    return run


@pytest.fixture
def department(run: Run, settings: Settings) -> RecordedDepartment:
    department = RecordedDepartment(settings)
    department.publish(0)
    return department


def test_the_head_is_shown_with_the_key_to_it(run: Run, app: Flask, settings: Settings) -> None:
    assert "Nothing has been signed yet" in run("head").stderr
    RecordedDepartment(settings).publish(0)
    shown = run("head").stdout
    assert shown.startswith("localhost/r/record\n")
    assert "Key: localhost/r/record+" in shown


def test_a_copy_is_written_and_then_only_what_is_new(run: Run, department: RecordedDepartment, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    first = run("export", str(folder)).stdout
    assert "new files" in first
    assert (folder / "checkpoint").is_file()
    assert len(list(folder.glob("figures/*.json"))) == 3
    assert ", 0 new files" in run("export", str(folder)).stdout


def test_it_is_checked_by_the_program_that_everybody_has(
    run: Run, department: RecordedDepartment, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("verify").exit_code == 0
    assert "nothing wrong" in capfd.readouterr().out
    number = types().index("survey")
    with transaction() as session:
        entry = session.get_one(RecordEntry, number)
        entry.content = entry.content.replace("visit", "visitor")
    assert run("verify").exit_code == 1
    assert f"entry {number}: its bytes are not those that were entered" in capfd.readouterr().out


def test_what_a_witness_signed_is_kept_and_counted(run: Run, department: RecordedDepartment, tmp_path: Path) -> None:
    with reading() as session:
        checkpoint = newest_checkpoint(session)
        assert checkpoint is not None
        note = checkpoint.note
    signed = note + WITNESS.sign(note.partition("\n\n")[0] + "\n")
    (tmp_path / "signed").write_text(signed, "utf-8")
    for file, typed in ((tmp_path / "signed", ""), ("-", signed)):
        done = run("cosign", str(file), "--witness", WITNESS.vkey, typed=typed)
        assert done.stdout.startswith(f"{WITNESS.name} has signed the record of {note.split()[1]} entries at 2026-")
    run("export", str(tmp_path / "stick"))
    assert (tmp_path / "stick" / "checkpoint").read_text("utf-8") == signed
    key = RecordKey("localhost/r/record", SECRETS.record).vkey
    assert findings_in(tmp_path / "stick", keys=("--key", key, "--witness", WITNESS.vkey)) == []
    assert "[record.cosignature_refused]" in run("cosign", "-", "--witness", WITNESS.vkey, typed=note).stderr
    assert "[record.cosignature_refused]" in run("cosign", "-", "--witness", "nobody", typed=signed).stderr


def test_a_witness_can_sign_by_what_is_written_for_it(run: Run, department: RecordedDepartment, tmp_path: Path) -> None:
    written = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
    program = written.partition("```python\n")[2].partition("```")[0]
    run("export", str(tmp_path / "stick"))
    (tmp_path / "key").write_text("ab" * 32 + "\n", "utf-8")
    asked = [sys.executable, "-c", program, "witness.example.org", str(tmp_path / "key")]
    signed = subprocess.run(
        [*asked, str(tmp_path / "stick" / "checkpoint")], capture_output=True, text=True, check=True
    )
    done = run("cosign", "-", "--witness", signed.stderr.strip(), typed=signed.stdout)
    assert done.stdout.startswith("witness.example.org has signed the record of ")


class TestAfterARestore:
    def put_back(self) -> int:
        """As from a backup that was made before the last entries."""
        with transaction() as session:
            size = size_of(session)
            session.execute(delete(RecordEntry).where(RecordEntry.number >= size - 2))
            session.execute(delete(RecordNode).where(RecordNode.position >= size - 2))
            session.execute(delete(RecordCheckpoint).where(RecordCheckpoint.size > size - 2))
        return size

    def test_it_goes_on_with_a_break_that_everybody_sees(
        self, run: Run, department: RecordedDepartment, capfd: pytest.CaptureFixture[str]
    ) -> None:
        size = self.put_back()
        assert "Go on?" in run("resume", typed="n\n").stdout
        assert run("resume", "--yes").exit_code == 0
        department.keep(datetime(2026, 6, 30, tzinfo=UTC))
        assert run("verify").exit_code == 1
        told = capfd.readouterr().out
        assert f"entry {size - 2}: the record was broken off here: 2 entries that had been signed are gone" in told
        assert "1 findings" in told

    def test_whoever_has_the_last_head_brings_it(
        self, run: Run, department: RecordedDepartment, settings: Settings, tmp_path: Path
    ) -> None:
        run("export", str(tmp_path / "stick"))
        (settings.record_folder / "signed-head.json").unlink()
        # Nothing is lost but the note of it, and the copy shows that.
        done = run("resume", "--yes", "--last", str(tmp_path / "stick" / "checkpoint"))
        assert "[record.nothing_lost]" in done.stderr
        department.keep(datetime(2026, 6, 30, tzinfo=UTC))
        assert "break" not in types()

    def test_what_is_no_head_is_refused(self, run: Run, department: RecordedDepartment, tmp_path: Path) -> None:
        file = tmp_path / "other"
        file.write_text("localhost/r/record\n7\n", "utf-8")
        assert "[record.head_refused]" in run("resume", "--yes", "--last", str(file)).stderr
        assert "[record.nothing_lost]" in run("resume", "--yes").stderr


def test_a_record_that_has_begun_gets_no_second_key(
    run: Run, app: Flask, department: RecordedDepartment, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = replace(settings, secrets=replace(SECRETS, record=b""))
    monkeypatch.setitem(app.extensions, "samvad.settings", lost)
    monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
    write_secrets(settings.instance / "secrets.json", lost.secrets)
    for command in ("begin", "head", "verify"):
        assert "[record.key_foreign]" in run(command).stderr, command


class TestAfterTheKeyIsLost:
    @pytest.fixture
    def lose(self, app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Settings]:
        """`lose()` leaves secrets without the key; called again, it reads what the file holds by then."""
        monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
        write_secrets(settings.instance / "secrets.json", replace(SECRETS, record=b""))

        def read() -> Settings:
            held = replace(settings, secrets=Secrets.from_file(settings.instance / "secrets.json"))
            monkeypatch.setitem(app.extensions, "samvad.settings", held)
            return held

        return read

    def test_another_one_signs_and_everybody_sees_it(
        self,
        run: Run,
        department: RecordedDepartment,
        lose: Callable[[], Settings],
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        run("export", str(tmp_path / "before"))
        kept = tmp_path / "before" / "checkpoint"
        lost = run("head").stdout.split("Key: ")[1].strip()
        lose()
        assert "Go on?" in run("replace-key", typed="n\n").stdout
        assert types().count("key") == 0
        done = run("replace-key", "--yes")
        assert done.exit_code == 0, done.output
        assert "samvad seal adopt --anew" in done.stdout
        department.settings = lose()
        # The worker goes on, and enters by which key proofs of arrival are signed now.
        department.keep(monday(0, minute=30))
        assert types()[-3:] == ["key", "setting", "seal"]
        assert run("verify").exit_code == 1
        told = capfd.readouterr().out
        assert f"the key {lost} was lost, and does not vouch for the one that signs from here on" in told
        assert "1 findings" in told
        # Whoever kept a head of the old key is told that the record continues it.
        run("export", str(tmp_path / "after"))
        new = run("head").stdout.split("Key: ")[1].strip()
        assert new != lost
        found = findings_in(tmp_path / "after", "--held", str(kept), keys=("--key", new))
        assert len(found) == 1
        assert "was lost" in found[0]
        # Whoever knows the old key alone is told that it signs no more.
        unsigned = ["checkpoint: not signed by the key that you gave"]
        assert findings_in(tmp_path / "after", keys=("--key", lost)) == unsigned
        assert "[record.key_kept]" in run("replace-key", "--yes").stderr

    def test_what_was_printed_before_can_be_scanned_still(
        self, run: Run, department: RecordedDepartment, lose: Callable[[], Settings]
    ) -> None:
        with reading() as session:
            digest = session.scalars(select(Edition.digest)).first()
            mark = report_mark(session, digest, "https://localhost", monday(1))
        assert mark is not None
        lose()
        run("replace-key", "--yes")
        with reading() as session:
            code = report_codes.read(mark.address.rpartition("/")[2])
            assert check_report(session, code, monday(1)).standing is Standing.UNCHANGED
            again = report_mark(session, digest, "https://localhost", monday(1))
        assert again is not None
        assert again.vkey != mark.vkey

    def test_a_key_that_is_there_is_not_replaced(
        self, run: Run, department: RecordedDepartment, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
        write_secrets(settings.instance / "secrets.json", SECRETS)
        assert "[record.key_kept]" in run("replace-key", "--yes").stderr
        assert "key" not in types()


def test_a_key_is_drawn_once(run: Run, app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
    write_secrets(settings.instance / "secrets.json", replace(SECRETS, record=b""))
    assert "Added the key of the record." in run("begin").stdout
    held = (settings.instance / "secrets.json").read_text("utf-8")
    assert run("begin").stdout == ""
    assert (settings.instance / "secrets.json").read_text("utf-8") == held


def test_another_departments_record_is_mirrored_every_day(run: Run, tmp_path: Path) -> None:
    record, mirror = invented_record(), tmp_path / "mirror"
    with served_from(tmp_path / "served") as address:
        serve(record, tmp_path / "served")
        assert run("mirror", address, str(mirror), "--key", LOG.vkey).exit_code == 0
        assert "[record.key_wrong]" in run("mirror", address, str(mirror), "--key", WITNESS.vkey).stderr
        nothing = run("mirror", f"{address}/nothing", str(mirror), "--key", LOG.vkey)
    assert (nothing.exit_code, "record.not_fetched" in nothing.stderr) == (1, True)
    assert [path.name for path in (mirror / "heads").iterdir()] == ["000000000886"]
