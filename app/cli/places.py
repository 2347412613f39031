"""samvad places: import, export, starter."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.files import content_of
from app.cli.text import TEXT
from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import ImportOptions
from app.domain.places.place import PlaceKind
from app.domain.places.tree_checks import SECOND_TOP
from app.domain.problem import Problem
from app.formats.tables.reading import MOST_BYTES
from app.services.places.imports import MADHYA_PRADESH, export_places
from app.transaction import reading
from app.workflows.place_import import import_places

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STARTERS = {"madhya-pradesh": MADHYA_PRADESH}


@click.group()
def places() -> None:
    """The department's places: state, ranges, districts, subdivisions, stations, outposts."""


@places.command("import")
@click.argument("file", type=_FILE)
@click.option("--kind", type=click.Choice([kind.value for kind in PlaceKind]), help="What rows are that do not say it.")
@click.option("--parent", type=TEXT, metavar="CODE", help="Where rows lie that do not say it.")
@click.option("--from-day", type=click.DateTime(["%Y-%m-%d"]), help="First day of new parents; today if left out.")
@click.option("--retire-missing", is_flag=True, help="Retire places of the same kinds that FILE leaves out.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def import_file(
    file: Path, kind: str | None, parent: str | None, from_day: datetime | None, retire_missing: bool, dry_run: bool
) -> None:
    """Import FILE (CSV or XLSX): all of it, or nothing and one problem a line.

    A line holds row, column, code and sentence, with tabs between.
    """
    options = ImportOptions(
        PlaceKind(kind) if kind else None, parent, from_day.date() if from_day else None, retire_missing
    )
    _import(content_of(file, MOST_BYTES), options, dry_run=dry_run)


@places.command()
@click.argument("name", type=click.Choice(sorted(_STARTERS)))
@click.option("--parent", type=TEXT, metavar="CODE", help="The top of the department, if it has another name.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def starter(name: str, parent: str | None, dry_run: bool) -> None:
    """Begin from a list that comes with Samvad: a state and its districts, in both languages."""
    _import(_STARTERS[name].read_bytes(), ImportOptions(parent_code=parent), dry_run=dry_run)


@places.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path) -> None:
    """Write all places into FILE (.csv or .xlsx), in the format that an import reads."""
    ending = file.suffix.lower().lstrip(".")
    if ending not in ("csv", "xlsx"):
        raise click.ClickException(f"{file} must end in .csv or .xlsx.")
    with reading() as session:
        content = export_places(session, ending=ending)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    click.echo(f"Wrote {file}.")


@with_appcontext
def _import(content: bytes, options: ImportOptions, *, dry_run: bool) -> None:
    plan = import_places(content, options, now=datetime.now(UTC), trial=dry_run)
    for doubt in plan.doubts:
        click.echo(line_of(doubt), err=True)
    if plan.problems:
        for problem in plan.problems:
            click.echo(line_of(problem))
        click.echo(f"Nothing was imported. Things to put right: {len(plan.problems)}", err=True)
        if top := next((problem for problem in plan.problems if problem.type is SECOND_TOP), None):
            code = top.details["code"]
            click.echo(f"If this list belongs in {code}, say so: --parent {code}", err=True)
        raise SystemExit(1)
    _tell(plan, dry_run)


def _tell(plan: ImportPlan, dry_run: bool) -> None:
    for heading in plan.unread_columns:
        click.echo(f"column not read: {heading}", err=True)
    if dry_run:
        for line in _changes(plan):
            click.echo(line)
    kinds = ("added", "renamed", "moved", "regraded", "retired", "contacts", "groups")
    counts = [f"{name} {len(getattr(plan, name))}" for name in kinds]
    left_out = [f"left out by the file {len(plan.absent)}"] if plan.absent else []
    click.echo(", ".join([*counts, f"unchanged {plan.unchanged}", *left_out]))
    if dry_run:
        click.echo("This was a trial: nothing was changed.")


def _changes(plan: ImportPlan) -> list[str]:
    def both(code: str | None) -> str:
        name = plan.name_of(code)
        return " / ".join(text for text in (name.hi, name.en) if text)

    return [
        *(f"add\t{one.code}\t{one.kind}\t{both(one.code)}\t{one.parent_code or '-'}" for one in plan.added),
        *(f"rename\t{one.code}\t{one.before.hi} / {one.before.en}\t{both(one.code)}" for one in plan.renamed),
        *(f"move\t{one.code}\t{both(one.code)}\t{one.before or '-'}\t{one.after}" for one in plan.moved),
        *(f"regrade\t{one.code}\t{both(one.code)}\t{one.before}\t{one.after}" for one in plan.regraded),
        *(f"retire\t{one.code}\t{both(one.code)}\t{one.on}" for one in plan.retired),
        *(f"contact\t{one.code}\t{both(one.code)}" for one in plan.contacts),
        *(f"group\t{one.code}\t{both(one.code)}\t{one.before or '-'}\t{one.after}" for one in plan.groups),
    ]


def line_of(problem: Problem) -> str:
    """A problem on one line: row, column, code and sentence, with tabs between."""
    spot = (problem.details.get(part) for part in ("row", "column"))
    cells = [*("-" if cell in (None, "", 0) else str(cell) for cell in spot), problem.code, problem.sentence()]
    return "\t".join(" ".join(cell.split()) for cell in cells)
