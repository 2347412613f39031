"""How figures are taken: the processor time of this process, medians of rounds that take turns.

Wall time on a shared machine varies by a factor of four between rounds, processor time hardly does, and
what takes turns is disturbed alike.
"""

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_RESET_PEAK = "5"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the output. A figure without a budget is there to compare with."""

    name: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def holds(self) -> bool:
        return self.budget is None or self.value <= self.budget

    def line(self) -> str:
        budget = "-" if self.budget is None else f"{self.budget:g}"
        return f"{self.name:<44}{self.value:>12,.2f} {self.unit:<9}{budget:>8}  {'ok' if self.holds else 'short'}"


def cpu_side_by_side(runs: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, float]:
    """The median processor time in seconds of each, after one run that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            gc.collect()
            began = time.process_time()
            run()
            spent = time.process_time() - began
            if number:
                taken[name].append(spent)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


@contextmanager
def peak_memory() -> Iterator[Callable[[], float]]:
    """Yields a function: by how many MB the process was at most above what it was at the beginning."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text(_RESET_PEAK)
    began = _status("VmRSS")
    yield lambda: (_status("VmHWM") - began) / 1024


def _status(field: str) -> int:
    """A size in kB that the kernel keeps about this process."""
    found = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    if found is None:
        raise RuntimeError(f"this kernel tells no {field}")
    return int(found[1])
