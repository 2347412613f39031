"""samvad surveys: check, import, starter, audio, publish, list."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.files import content_of
from app.cli.text import TEXT
from app.domain.problem import Problem
from app.domain.surveys.publication import hindrances
from app.domain.surveys.recordings import LARGEST
from app.domain.surveys.survey import SurveyState
from app.formats.xlsform.reading import FormReading, read_form
from app.formats.xlsform.sheets import MAX_BYTES
from app.services.surveys.recordings import bring_recordings, missing_recordings
from app.services.surveys.surveys import (
    check_form,
    import_draft,
    list_surveys,
    publish_draft,
    read_starter,
    starter_names,
)
from app.transaction import reading, transaction

ADDED = "which answers are good, and how that is said. Its questions are as they were."
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def surveys() -> None:
    """Questionnaires, written as XLSForms (.xlsx, .xls, .csv, .md)."""


@surveys.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Say whether FILE can be used: its fingerprint, or one problem a line.

    A line holds sheet, row, column, code and sentence, with tabs between. What would only hinder publication
    goes to the error stream.
    """
    form = read_form(content_of(file, MAX_BYTES), file.name)
    _refuse(form)
    assert form.definition is not None  # noqa: S101
    for problem in (*form.warnings, *hindrances(form.definition)):
        click.echo(line_of(problem), err=True)
    click.echo(f"fingerprint: {form.definition.fingerprint}")


@surveys.command("import")
@click.argument("file", type=_FILE)
@with_appcontext
def import_file(file: Path) -> None:
    """Keep FILE as a draft. Nothing is shown to citizens before `samvad surveys publish`."""
    form = check_form(content_of(file, MAX_BYTES), file.name)
    _refuse(form)
    _keep(form)


@surveys.command()
@click.argument("name", type=click.Choice(starter_names()))
@with_appcontext
def starter(name: str) -> None:
    """Keep a questionnaire that comes with Samvad as a draft."""
    _keep(read_starter(name))


def _keep(form: FormReading) -> None:
    with transaction() as session:
        version = import_draft(session, form, actor_id=None, now=datetime.now(UTC))
    for problem in form.warnings:
        click.echo(line_of(problem), err=True)
    if version.state is SurveyState.PUBLISHED:
        click.echo(f"Added to the published version {version.number} of {version.slug}: {ADDED}")
        return
    click.echo(f"Draft {version.number} of {version.slug}, fingerprint: {version.fingerprint}")


@surveys.command()
@click.argument("slug", type=TEXT)
@with_appcontext
def publish(slug: str) -> None:
    """Show the draft of SLUG to citizens. It can never be changed afterwards."""
    with transaction() as session:
        version = publish_draft(session, slug, actor_id=None, now=datetime.now(UTC))
        missing = missing_recordings(session, version.id, version.definition)
    for name in missing:
        click.echo(f"No recording of {name} was brought in: its question has no sound.", err=True)
    click.echo(f"Published version {version.number} of {version.slug}, fingerprint: {version.fingerprint}")


@surveys.command()
@click.argument("slug", type=TEXT)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@with_appcontext
def audio(slug: str, folder: Path) -> None:
    """Keep the recorded questions in FOLDER for the draft of SLUG, under the names that its form gives them."""
    files = {file.name: content_of(file, LARGEST) for file in sorted(folder.iterdir()) if file.is_file()}
    with transaction() as session:
        brought = bring_recordings(session, slug, files, actor_id=None, now=datetime.now(UTC))
    for what, names in (("kept", brought.kept), ("not asked for", brought.not_asked), ("missing", brought.missing)):
        for name in names:
            click.echo(f"{what}\t{name}")


@surveys.command("list")
@with_appcontext
def list_all() -> None:
    """Every version of every questionnaire."""
    with reading() as session:
        found = list_surveys(session)
    if not found:
        names = ", ".join(starter_names())
        click.echo(f"No questionnaire yet. `samvad surveys starter NAME` begins one: {names}", err=True)
    for survey in found:
        for version in survey.versions:
            click.echo("\t".join((survey.slug, str(version.number), version.state, version.fingerprint)))


def line_of(problem: Problem) -> str:
    """A problem on one line: sheet, row, column, code and sentence, with tabs between."""
    place = (problem.details.get(part) for part in ("sheet", "row", "column"))
    cells = [*("-" if cell in (None, "") else str(cell) for cell in place), problem.code, problem.sentence()]
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _refuse(form: FormReading) -> None:
    if form.definition is None:
        for problem in form.problems:
            click.echo(line_of(problem))
        raise SystemExit(1)
