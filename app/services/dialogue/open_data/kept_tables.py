"""The large tables of open data: made once for each state of the editions, and kept beside the prints.

A year of a large department is some hundred megabytes that read through every edition, so nobody waits for it twice.
Packed as browsers take them; whoever takes nothing packed gets them unpacked while they are sent.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.lines import EditionLines, Line
from app.domain.dialogue.open_data.tables import BY_YEAR, EDITIONS
from app.domain.figures.editions.stored import EditionJson
from app.domain.problem import Problem, ProblemType
from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.formats.tables.plain_csv import CsvFile
from app.models import Edition
from app.services.dialogue.open_data.scope import DataScope, state_of
from app.services.figures.editions.print_files import FOLDER, making_alone
from app.services.figures.editions.reports import known_definitions
from app.services.record.editions import in_view
from app.services.whole_files import put_in_place, write_whole

DATA_BUSY = ProblemType("data.busy", 503, "The tables are being made anew. Please try again in a minute.")
_RETRY_S = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a table without reading it: bytes and lines as it reads, and SHA-256 over it."""

    size: int
    lines: int
    digest: str


@dataclass(frozen=True, slots=True)
class KeptTable:
    """Where it lies, packed by gzip."""

    packed: Path
    measured: Measured


def kept_editions(session: Session, instance: Path, scope: DataScope) -> KeptTable:
    """The table of editions; Problem `data.busy` if it is missing and somebody else makes tables."""
    state = state_of(session, scope, scope.days)
    return _kept(instance, EDITIONS.name, state) or _make_editions(session, instance, state, scope)


def kept_year(session: Session, instance: Path, year: int, scope: DataScope) -> dict[str, KeptTable]:
    """The tables of a year by their names without it; `data.busy` likewise."""
    state = state_of(session, scope, scope.days_of(year))
    names = [table.name for table in BY_YEAR]
    kept = {name: found for name in names if (found := _kept(instance, f"{name}-{year}", state))}
    return kept if len(kept) == len(names) else _make_year(session, instance, year, state, scope)


def _make_year(session: Session, instance: Path, year: int, state: str, scope: DataScope) -> dict[str, KeptTable]:
    definitions = known_definitions(session)

    def main_of(slug: str, version: int) -> str | None:
        main = main_question(definitions(slug, version))
        return main.name if main else None

    days = scope.days_of(year)
    with _alone(instance):
        with ExitStack() as opened:
            tables = {
                table.name: opened.enter_context(
                    CsvFile(_begun(instance, f"{table.name}-{year}", state), table.header),
                )
                for table in BY_YEAR
            }
            for page, place_id in scope.places:
                lines = EditionLines(page, main_of)
                for document, digest in _holding(session, place_id, scope, days):
                    for name, found in lines.of(document, digest).items():
                        tables[name].add(found)
        return {name: _keep(instance, f"{name}-{year}", state, table) for name, table in tables.items()}


def _make_editions(session: Session, instance: Path, state: str, scope: DataScope) -> KeptTable:
    with _alone(instance):
        with CsvFile(_begun(instance, EDITIONS.name, state), EDITIONS.header) as table:
            for page, place_id in scope.places:
                table.add(_edition_lines(session, page, place_id, scope))
        return _keep(instance, EDITIONS.name, state, table)


def _edition_lines(session: Session, page: str, place_id: int, scope: DataScope) -> list[Line]:
    rows = session.execute(
        select(Edition.due_on, Edition.number, Edition.digest, Edition.previous_digest, Edition.cause, Edition.reason)
        .where(Edition.place_id == place_id, in_view(scope.showing))
        .order_by(Edition.due_on, Edition.number)
    ).all()
    digests = {(row.due_on, row.number): row.digest for row in rows}
    lines: list[Line] = []
    for row in rows:
        reason = json.loads(row.reason) if row.reason else {}
        words = (reason.get(language) for language in REQUIRED_LANGUAGES)
        replaced_by = digests.get((row.due_on, row.number + 1))
        head = page, row.due_on.isoformat(), row.number, row.digest, row.previous_digest
        lines.append((*head, replaced_by, row.cause, *words))
    return lines


def _holding(
    session: Session, place_id: int, scope: DataScope, days: tuple[date, ...]
) -> Iterator[tuple[EditionJson, str]]:
    """The editions of these days that no correction has taken the place of, in the order of the days."""
    rows = session.execute(
        select(Edition.due_on, Edition.document, Edition.digest)
        .where(Edition.place_id == place_id, Edition.due_on.in_(days), in_view(scope.showing))
        .order_by(Edition.due_on, Edition.number)
    )
    last = {due_on: (document, digest) for due_on, document, digest in rows}
    for document, digest in last.values():
        yield json.loads(document), digest


def _alone(instance: Path) -> AbstractContextManager[None]:
    return making_alone(instance, "lock-tables", Problem(DATA_BUSY, retry_after=_RETRY_S))


def _file(instance: Path, name: str, state: str) -> Path:
    return instance / FOLDER / f"{name}-{state}.csv.gz"


def _begun(instance: Path, name: str, state: str) -> Path:
    file = _file(instance, name, state)
    return file.with_name(f"{file.name}.begun")


def _kept(instance: Path, name: str, state: str) -> KeptTable | None:
    file = _file(instance, name, state)
    try:
        return KeptTable(file, Measured(**json.loads(file.with_suffix(".json").read_text("utf-8"))))
    except FileNotFoundError:
        return None


def _keep(instance: Path, name: str, state: str, table: CsvFile) -> KeptTable:
    """Give it its name, and what is known of it last: what is not measured is not there."""
    file = _file(instance, name, state)
    measured = Measured(table.size, table.lines, table.digest)
    put_in_place(_begun(instance, name, state), file)
    write_whole(file.with_suffix(".json"), json.dumps(asdict(measured)).encode())
    return KeptTable(file, measured)
