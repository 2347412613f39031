"""A station's report as PDF on a warm process: processor time, and memory above the idle process.

Three reports: the one that most stations get (fewer than ten so far), a usual one, and the longest there is.
"""

from collections.abc import Iterator
from functools import partial

from app.documents.report_pdf import write_report_pdf
from app.services.installation.department_queries import NOBODY
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side, peak_memory
from tests.factories.figures.reports import longest_report, make_report, make_section

REPORTS = {
    "fewer than ten so far": make_report(),
    "usual": make_report(make_section()),
    "longest": longest_report(),
}


def figures() -> Iterator[Figure]:
    write = partial(write_report_pdf, department=NOBODY, language="hi")
    runs = {name: partial(write, report) for name, report in REPORTS.items()}
    # Idle is before the first report: what fonts and style sheets cost for good counts too.
    with peak_memory() as grown:
        for name, run in runs.items():
            run()
            yield Figure(f"report, {name}, above idle", grown(), "MB", 60)
    for name, seconds in cpu_side_by_side(runs).items():
        yield Figure(f"report, {name}", seconds, "s CPU", 1)
