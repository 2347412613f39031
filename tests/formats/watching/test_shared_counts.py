import subprocess
import sys

import pytest

from app.formats.watching.shared_counts import ROWS, SharedCounts
from tests.meta import ROOT

# In a process of its own, since one with threads must not fork. The last two count in one row, one after the other.
FORKING = f"""
import os
from app.formats.watching.shared_counts import SharedCounts
counts = SharedCounts("ab")
counts.add("a")
for process in (1, 2, 3, 3 + {ROWS}):
    child = os.fork()
    if not child:
        counts.take_row(process)
        for _ in range(process):
            counts.add("b")
        os._exit(0)
    os.waitpid(child, 0)
print(counts.totals())
"""


def test_every_process_counts_and_any_can_tell_though_those_that_counted_have_ended() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str({"a": 1, "b": 1 + 2 + 3 + 3 + ROWS})


def test_what_was_not_named_is_not_counted() -> None:
    counts = SharedCounts(["known"])
    with pytest.raises(KeyError):
        counts.add("a place")
    assert counts.totals() == {"known": 0}
