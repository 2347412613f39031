"""samvad audit: verify the chain, print its head."""

import click
from flask.cli import with_appcontext

from app.services.record.audit import Head, read_head, verify_audit
from app.transaction import reading


@click.group()
def audit() -> None:
    """The chain of what accounts did."""


@audit.command()
@click.option("--head", "printed", help="A head from a report, as NUMBER:MARK, to tell whether that report still fits.")
@with_appcontext
def verify(printed: str | None) -> None:
    """Check every entry. Exits 1 and names the first one that is altered, missing or cut."""
    with reading() as session:
        found = verify_audit(session, _parse(printed) if printed else None)
    click.echo(f"Whole: {found.sequence} entries, head {found.sequence}:{found.mark}")


@audit.command()
@with_appcontext
def head() -> None:
    """Print where the chain ends: keep it somewhere else, every day."""
    with reading() as session:
        found = read_head(session)
    click.echo(f"{found.sequence}:{found.mark}")


def _parse(text: str) -> Head:
    number, _, mark = text.partition(":")
    if not number.isdecimal() or not mark:
        raise click.BadParameter("write it as NUMBER:MARK", param_hint="--head")
    return Head(int(number), mark.replace(" ", "").lower())
