"""Posts in the record, from the job that enters them to the program with which a stranger checks a copy."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.config import Settings
from app.domain.dialogue.post import RemovalCause
from app.formats.record.notes import RecordKey
from app.jobs.record.keeping import keep_record
from app.models import Department, RecordEntry, RecordFile
from app.services.dialogue.posts.events import ask_removal, hide_post, remove_post
from app.transaction import reading, transaction
from app.workflows.record.export import export_record
from tests.factories.dialogue.posts import NOW, add_officers, corrected, post_text, published
from tests.meta import ROOT

HOUR = timedelta(hours=1)


def test_a_stranger_finds_nothing_wrong_and_not_a_word(app: Flask, settings: Settings, tmp_path: Path) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        who = add_officers(session)
        post_id = published(session, who.author, who.admin)
        corrected(session, post_id, who.author, who.admin, post_text("New words", note="x"))
    keep_record(settings, NOW + HOUR)
    with transaction() as session:
        hide_post(session, post_id, "", who.author, NOW + HOUR)
        ask_removal(session, post_id, RemovalCause.LAW, "", who.admin, NOW + HOUR)
        remove_post(session, post_id, who.other_admin, NOW + HOUR)
    keep_record(settings, NOW + 2 * HOUR)
    with reading() as session:
        told = session.scalars(select(RecordEntry.content).where(RecordEntry.about.startswith("post_"))).all()
        kept = "".join([*told, *session.scalars(select(RecordFile.content))])
    assert [one.split('"what":"')[1].split('"')[0] for one in told] == ["published", "corrected", "hidden", "removed"]
    assert "OTP" not in kept
    assert "words" not in kept
    export_record(tmp_path / "copy", NOW + 2 * HOUR)
    key = RecordKey("localhost/r/record", settings.secrets.record).vkey
    program = sys.executable, "-I", "-S", str(ROOT / "static" / "verify" / "samvad-verify.py")
    done = subprocess.run([*program, "copy", "--key", key], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "nothing wrong" in done.stdout
