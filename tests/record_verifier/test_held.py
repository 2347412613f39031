"""What a quiet period holds enters the record on its day, and is shown later as what was entered: nothing is wrong."""

import hashlib
from datetime import timedelta
from pathlib import Path

from flask import Flask

from app.config import Settings
from app.domain.installation.quiet_period import QuietBlock
from app.formats.record.notes import RecordKey
from app.models import Place
from app.transaction import transaction
from app.workflows.record.export import export_record
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.record.department import RecordedDepartment, entries, monday, told_editions
from tests.factories.responses.policies import two_accounts
from tests.fixtures.secrets import SECRETS
from tests.record_verifier import findings_in

VKEY = ("--key", RecordKey("localhost/r/record", SECRETS.record).vkey)
UNTIL = monday(3) + timedelta(days=2)


def wrong(folder: Path) -> list[str]:
    """But for the seals of the hours: the invented department sleeps from Monday to Monday."""
    return [line for line in findings_in(folder, keys=VKEY) if "no seal between" not in line]


def test_held_figures_are_recorded_on_their_day_and_are_what_was_recorded(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    department = RecordedDepartment(settings)
    department.publish(0)
    with transaction() as session:
        station = session.get_one(Place, department.places[0])
        two = two_accounts(session, session.get_one(Place, department.district))
        add_quiet(session, two, [station], monday(1) - timedelta(days=2), UNTIL, blocks=list(QuietBlock))
    for week in (1, 2, 3):
        department.live(week)
        # Entered before its hour, as the worker does.
        department.keep(monday(week, 10, 30))
    department.keep(monday(3))
    during = tmp_path / "during"
    export_record(during, monday(3))
    assert wrong(during) == []
    held = [entry for entry in told_editions() if "hidden" in entry]
    assert [entry["places"] for entry in held] == [1, 1, 1]
    told = {name.stem: name for name in during.glob("figures/*")}
    roots = [entry["hidden"]["root"] for entry in held]  # type: ignore[index, call-overload]
    listed = [digest for root in roots for digest in (during / f"editions/{root}.txt").read_text().split()]
    assert len(listed) == 6
    assert not set(listed) & set(told)

    after, before = tmp_path / "after", len(entries())
    department.keep(UNTIL)
    export_record(after, UNTIL)
    assert wrong(after) == []
    for digest in listed:
        assert hashlib.sha256((after / f"figures/{digest}.json").read_bytes()).hexdigest() == digest
    late = [entry for entry in entries()[before:] if entry["type"] == "release"]
    assert {(entry["place"], entry["late"]) for entry in late} == {("S-0", True), ("D-1", True)}
    department.publish(4)
    export_record(after, monday(4))
    assert wrong(after) == []
    assert [entry["what"] for entry in entries() if entry["type"] == "quiet"] == ["entered"]
