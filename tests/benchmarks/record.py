"""The verifier of the public record, on records of 4.4 and 8.8 years of 1,100 stations; and what published figures add.

Most entries are releases and the seals of hours. Figures cost a run of their own, since how many there are depends on
how many places publish on a Monday.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.harness.measure import Figure
from tests.factories.record.folder import (
    FIRST,
    LOG,
    WITNESS,
    RecordFolder,
    drawn,
    edition,
    figures_of,
    invented_record,
    numbers_of,
    receipts,
    release,
    sha256,
)

VERIFIER = Path(__file__).resolve().parents[2] / "static" / "verify" / "samvad-verify.py"
STATIONS = [f"NP-D{number % 55:02d}-{number:04d}" for number in range(1_100)]
#: entries, weeks, and how much the verifier may take: seconds, and MB
RECORDS = ((157_656, 230, 5, 500), (330_000, 460, 11, 1_000))
#: answers of a week; a hundredth of what there may be is enough, since each list is read once
ANSWERS = 690
PLACES, MONDAYS = 100, 100
_SEVEN = timedelta(days=7)
#: the program, and what it took as its own process sees it: a parent's memory is none of it
_MEASURED = """
import atexit, re, runpy, sys, time
@atexit.register
def tell():
    peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    sys.stderr.write(f"{time.process_time()} {peak}")
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def figures() -> Iterator[Figure]:
    for entries, weeks, seconds, megabytes in RECORDS:
        spent, peak = _verified(_long_record(entries, weeks))
        yield Figure(f"record, {entries} entries verified", spent, "s CPU", seconds)
        yield Figure("  memory at most", peak, "MB", megabytes)
    alone, _ = _verified(invented_record())
    spent, peak = _verified(_record_of_figures())
    yield Figure(f"record, {PLACES * MONDAYS} figures verified", spent - alone, "s CPU")
    yield Figure("  memory at most", peak, "MB")


def _verified(record: RecordFolder) -> tuple[float, float]:
    """Seconds of processor and MB that the verifier takes, as a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        record.write(Path(place))
        command = [sys.executable, "-c", _MEASURED, str(VERIFIER), place]
        command += ["--key", LOG.vkey, "--witness", WITNESS.vkey]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the verifier finds fault with the record: {done.stdout}{done.stderr}")
    seconds, kilobytes = done.stderr.split()
    return float(seconds), int(kilobytes) / 1024


def _long_record(entries: int, weeks: int) -> RecordFolder:
    record = RecordFolder()
    record.add("genesis", FIRST, department="NP", origin=LOG.name, key=LOG.vkey, witnesses=[WITNESS.vkey])
    of_weeks = weeks * (7 * 24 + 3) + weeks // 13 * 10
    releases, more = divmod(entries - 1 - of_weeks, weeks - 2)
    last: dict[str, int] = {}
    numbers: dict[str, int] = {}
    at = 0
    for week in range(weeks):
        monday = FIRST + week * _SEVEN
        _answers(record, monday, week)
        for _ in range(0 if week < 2 else releases + (more if week == 2 else 0)):
            place = STATIONS[at % len(STATIONS)]
            numbers[place] = numbers.get(place, 0) + 1
            last[place] = release(record, place, numbers[place], monday - 2 * _SEVEN, monday, last.get(place))
            at += 1
        if week % 13 == 12:
            _draws(record, monday, week)
        for hour in range(7 * 24):
            day = monday + timedelta(days=hour // 24)
            commit = sha256(f"{week} {hour}").hex()
            record.add("seal", day, kind="hour", hour=f"{day}T{hour % 24:02d}Z", commit=commit)
    if len(record.entries) != entries:
        raise RuntimeError(f"{len(record.entries)} entries instead of {entries}")
    return record


def _answers(record: RecordFolder, monday: date, week: int) -> None:
    """A list of numbers, and what was sealed of the week before."""
    before = monday - _SEVEN
    digest = sha256(str(week)).hex()
    record.add("seal", monday, kind="week", weeks=[[str(before), ANSWERS, digest, ANSWERS, digest]])
    receipts(record, before, monday, numbers_of(before, ANSWERS))
    record.add("balance", monday, until=str(before), received=week * 690 + 690, released=week * 690 + 690)


def _draws(record: RecordFolder, monday: date, week: int) -> None:
    """Of five districts in a quarter."""
    for district in range(5):
        names = {"place": f"NP-D{district:02d}", "quarter": str(week)}
        asked = {"of": 2200, "cases": 1650, "contactable": 1650, "draw": 1200, "decoys": 60}
        root, seed = sha256("cases").hex(), sha256(f"{week} {district}")
        record.add("list", monday, **names, **asked, root=root, seed_from="dice", seed_on=str(monday))
        record.add("draw", monday, **names, seed=seed.hex(), drawn=1200, positions=drawn(seed, 1650, 1200))


def _record_of_figures() -> RecordFolder:
    """Figures as large as those of a station with three months of releases."""
    record = invented_record()
    contents: Sequence[str] = [record.entry(record.find("release"))["content"]] * 13
    question: Mapping[str, object] = {
        "name": "satisfied",
        "cells": [{"name": str(cell), "share": 20} for cell in range(5)],
    }
    monday = FIRST + 5 * _SEVEN
    for number in range(MONDAYS):
        due = monday + number * _SEVEN
        published = [figures_of(place, due, contents, questions=[question] * 20) for place in STATIONS[:PLACES]]
        edition(record, due, published)
    return record
