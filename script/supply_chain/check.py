"""Looks up every package of the lock file in a stored list of known vulnerabilities, without network.

Ends with 0 if none is known, 1 if one is, 2 if that cannot be said: there is no list, or it is too old.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from script.supply_chain.advisories import SOURCE, Advisories, NoAdvisories, fetch_advisories, read_advisories
from script.supply_chain.affected import KnownFault, known_faults
from script.supply_chain.locked import LOCK, ROOT, asked_by_project, needed_to_run, read_lock

STORED = ROOT / ".advisories" / "pypi.zip"


def tell(lock: str, asked: set[str], advisories: Advisories, now: datetime, oldest_days: int) -> tuple[list[str], int]:
    """What is to be said about a lock file, line by line, and how to end."""
    packages = read_lock(lock)
    faults = known_faults(packages, advisories.all)
    needed = needed_to_run(packages, asked)
    days = (now - advisories.newest).days
    lines = [_line(fault, fault.package.name in needed) for fault in faults]
    lines.append(
        f"{len(packages)} packages looked up in {len(advisories.all)} advisories; the newest was changed on "
        f"{advisories.newest:%-d %B %Y}, {days} days ago. Known vulnerabilities: {len(faults)}."
    )
    if faults:
        return lines, 1
    if days > oldest_days:
        lines.append(f"A list older than {oldest_days} days shows nothing: fetch a newer one with --fetch.")
        return lines, 2
    return lines, 0


def _line(fault: KnownFault, needed: bool) -> str:
    mended = f"mended in {' or '.join(fault.mended_in)}" if fault.mended_in else "not mended yet"
    part = "" if needed else ", for tests and builds only"
    return f"{fault.package}{part}: {', '.join(fault.names)}: {fault.summary or 'no summary'} ({mended})"


def main() -> int:
    """What `script/vulnerabilities` runs."""
    parser = argparse.ArgumentParser(prog="script/vulnerabilities", description=__doc__)
    parser.add_argument("--fetch", action="store_true", help=f"first fetch the list, from {SOURCE}")
    parser.add_argument("--from", dest="source", default=SOURCE, help="another address to fetch it from")
    parser.add_argument("--list", dest="stored", type=Path, default=STORED, help="where it is stored")
    parser.add_argument("--oldest", type=int, default=30, metavar="DAYS", help="how old it may be (30)")
    asked_for = parser.parse_args()
    try:
        if asked_for.fetch:
            advisories = fetch_advisories(asked_for.stored, asked_for.source)
        else:
            advisories = read_advisories(asked_for.stored)
    except NoAdvisories as error:
        sys.stderr.write(f"{error}\n")
        return 2
    lines, status = tell(LOCK.read_text("utf-8"), asked_by_project(), advisories, datetime.now(UTC), asked_for.oldest)
    sys.stdout.write("\n".join(lines) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
