"""How much was sealed of each week, kept outside the database beside the last signed head.

A seal and its mark fit each other on any day. Whoever puts back those of yesterday, and takes away the answers that
came since, is seen by this: counts never fall.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.problem import Problem, ProblemType
from app.formats.crypto.secret_files import write_private
from app.services.responses.seals.week_seals import WeekSeal

UNREADABLE = ProblemType(
    "seals.state_unreadable", 500, "How much was sealed cannot be read from %(file)s. Put the file back."
)

_FILE = "sealed-counts.json"
#: of each week, by its Monday, the numbers of answers and of verdicts
Counts = Mapping[str, tuple[int, int]]


def read_counts(folder: Path) -> Counts:
    """What was written down last; nothing where nothing was. Problem `seals.state_unreadable`.

    Read before the database: what is sealed meanwhile is more, and never less.
    """
    file = folder / _FILE
    try:
        raw = json.loads(file.read_text("utf-8"))
        return {week: (int(answers), int(verdicts)) for week, (answers, verdicts) in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        raise Problem(UNREADABLE, file=str(file)) from None


def fallen(kept: Counts, seals: Iterable[WeekSeal]) -> list[str]:
    """A line for each week of which less is sealed than was."""
    present = _counts(seals)
    lines = []
    for week, (answers, verdicts) in sorted(kept.items()):
        there = present.get(week, (0, 0))
        if there[0] < answers or there[1] < verdicts:
            lines.append(
                f"the seal of the week {week} was put back: {answers} answers and {verdicts} verdicts were in it,"
                f" and now {there[0]} and {there[1]}"
            )
    return lines


def keep_counts(folder: Path, kept: Counts, seals: Iterable[WeekSeal]) -> None:
    """Write down how much is sealed. Of a week of which less is, what was written before stays."""
    counts = dict(kept)
    for week, (answers, verdicts) in _counts(seals).items():
        before = kept.get(week, (0, 0))
        counts[week] = (max(answers, before[0]), max(verdicts, before[1]))
    if counts != kept:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(folder / _FILE, json.dumps(counts, sort_keys=True))


def _counts(seals: Iterable[WeekSeal]) -> Counts:
    return {seal.week.isoformat(): (seal.answers.count, seal.verdicts.count) for seal in seals}
