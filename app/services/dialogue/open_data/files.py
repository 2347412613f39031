"""The tables of open data as files: which there are, and each of them, made now or taken from what is kept."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.columns import Table
from app.domain.dialogue.open_data.lines import Line
from app.domain.dialogue.open_data.tables import (
    ANSWERS,
    BY_YEAR,
    CHANGES,
    EDITIONS,
    PLACES,
    PROMISES,
    QUESTIONS,
    ROUND_FIGURES,
    ROUNDS,
    TABLES,
)
from app.domain.problem import Problem, ProblemType
from app.formats.tables.plain_csv import write_plain_csv
from app.services.dialogue.open_data.changes import change_lines
from app.services.dialogue.open_data.kept_tables import KeptTable, Measured, kept_editions, kept_year
from app.services.dialogue.open_data.places import place_lines
from app.services.dialogue.open_data.promises import promise_lines
from app.services.dialogue.open_data.questions import answer_lines, question_lines
from app.services.dialogue.open_data.rounds import round_figure_lines, round_lines
from app.services.dialogue.open_data.scope import DataScope

DATA_UNKNOWN = ProblemType("data.unknown", 404, "There is no table of this name.")
#: what follows from how the department is today, and is made in a moment
_MADE_NOW: dict[str, tuple[Table, Callable[[Session, DataScope], list[Line]]]] = {
    table.name: (table, lines_of)
    for table, lines_of in (
        (PLACES, place_lines),
        (QUESTIONS, question_lines),
        (ANSWERS, answer_lines),
        (PROMISES, promise_lines),
        (ROUNDS, round_lines),
        (ROUND_FIGURES, round_figure_lines),
        (CHANGES, change_lines),
    )
}
_OF_YEAR = re.compile(r"([a-z]+)-([0-9]{4})")


@dataclass(frozen=True, slots=True)
class DataFile:
    """One table: what it is called before `.csv`, and either its content or where it lies packed."""

    name: str
    table: Table
    measured: Measured
    content: bytes | None = None
    packed: Path | None = None


def data_files(session: Session, instance: Path, scope: DataScope) -> list[DataFile]:
    """All of them: those of the whole time, then year after year. Problem `data.busy`."""
    files = [data_file(session, instance, table.name, scope) for table in TABLES if not table.by_year]
    return [*files, *(file for year in scope.years for file in _of_year(session, instance, year, scope))]


def is_made_now(name: str) -> bool:
    """Whether there is such a table, and it lies nowhere: whoever is asked for it often remembers it."""
    return name in _MADE_NOW


def data_file(session: Session, instance: Path, name: str, scope: DataScope) -> DataFile:
    """Problems `data.unknown` and `data.busy`."""
    if name in _MADE_NOW:
        return _made_now(session, name, scope)
    if name == EDITIONS.name:
        return _kept(name, EDITIONS, kept_editions(session, instance, scope))
    found = _OF_YEAR.fullmatch(name)
    if found is None or int(found[2]) not in scope.years:
        raise Problem(DATA_UNKNOWN)
    of_year = {file.name: file for file in _of_year(session, instance, int(found[2]), scope)}
    if name not in of_year:
        raise Problem(DATA_UNKNOWN)
    return of_year[name]


def _made_now(session: Session, name: str, scope: DataScope) -> DataFile:
    table, lines_of = _MADE_NOW[name]
    lines = lines_of(session, scope)
    content = write_plain_csv([table.header, *lines])
    return DataFile(name, table, Measured(len(content), len(lines), hashlib.sha256(content).hexdigest()), content)


def _of_year(session: Session, instance: Path, year: int, scope: DataScope) -> Iterator[DataFile]:
    kept = kept_year(session, instance, year, scope)
    for table in BY_YEAR:
        yield _kept(f"{table.name}-{year}", table, kept[table.name])


def _kept(name: str, table: Table, kept: KeptTable) -> DataFile:
    return DataFile(name, table, kept.measured, packed=kept.packed)
