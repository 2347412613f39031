"""The file of a list of cases: one keyed digest for each, and nothing else, so that no person enters with it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from app.domain.problem import Problem, ProblemType
from app.domain.table import Table, TableRow

DIGEST_BYTES = 32
#: of one list
MOST_CASES = 100_000
#: so many things to put right are told at one time
MOST_TOLD = 200

DIGESTS_REFUSED = ProblemType(
    "case_list.refused", 422, "Nothing was taken from this file. What to put right stands below."
)
HEADING_MISSING = ProblemType(
    "case_list.heading", 422, "Write the heading “case” above the digests, within the first rows."
)
COLUMN_FOREIGN = ProblemType(
    "case_list.column",
    422,
    "A list holds digests of cases and nothing else, so that no name and no number enters. Delete this column.",
)
NO_DIGEST = ProblemType(
    "case_list.digest", 422, "This is no digest of a case: it has 64 digits and letters from a to f."
)
DIGEST_TWICE = ProblemType("case_list.twice", 422, "This case stands in row %(first)d too.")
NO_CASES = ProblemType("case_list.empty", 422, "There is no case in this file.")
CASES_TOO_MANY = ProblemType("case_list.too_long", 422, "A list holds at most %(most)s cases.")

_HEADING = "case"
#: a heading is looked for in so many rows
_LOOKED_AT = 10
_DIGEST = re.compile(r"[0-9A-Fa-f]{64}")


def read_digests(table: Table) -> bytes:
    """The digests in the order of the rows, one behind the other, 32 bytes each.

    The column is the one under the heading `case`; a file of one column needs none. Problem `case_list.refused` with
    what is wrong by row and column, in `parts`. What stands in a cell is not repeated: it may be a person's number.
    """
    at, rows = _column(table)
    problems = list(islice(_problems(rows, at), MOST_TOLD))
    if not problems and not rows:
        problems = [Problem(NO_CASES, row=table.rows[0].number, column=_HEADING)]
    if len(rows) > MOST_CASES:
        problems.insert(0, Problem(CASES_TOO_MANY, row=0, column="", most=f"{MOST_CASES:,}"))
    if problems:
        raise Problem(DIGESTS_REFUSED, parts=problems)
    return bytes.fromhex("".join(row.cell(at).strip() for row in rows))


def digest_at(digests: bytes, number: int) -> bytes:
    """That of the case of this number, from 0 on."""
    return digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]


def _column(table: Table) -> tuple[int, Sequence[TableRow]]:
    """Where the digests stand, and the rows below the heading."""
    for index, row in enumerate(table.rows[:_LOOKED_AT]):
        for at, cell in enumerate(row.cells):
            if cell.strip().casefold() == _HEADING:
                return at, table.rows[index + 1 :]
    if max(len(row.cells) for row in table.rows) > 1:
        raise Problem(DIGESTS_REFUSED, parts=[Problem(HEADING_MISSING, row=table.rows[0].number, column="")])
    return 0, table.rows


def _problems(rows: Sequence[TableRow], at: int) -> Iterator[Problem]:
    foreign: set[int] = set()
    first: dict[str, int] = {}
    for row in rows:
        for column, cell in enumerate(row.cells):
            if column != at and column not in foreign and cell.strip():
                foreign.add(column)
                yield Problem(COLUMN_FOREIGN, row=row.number, column=column + 1)
        digest = row.cell(at).strip().lower()
        if not _DIGEST.fullmatch(digest):
            yield Problem(NO_DIGEST, row=row.number, column=_HEADING)
        elif digest in first:
            yield Problem(DIGEST_TWICE, row=row.number, column=_HEADING, first=first[digest])
        else:
            first[digest] = row.number
