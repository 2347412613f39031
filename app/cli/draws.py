"""samvad draws: list, show."""

from collections.abc import Iterator
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.text import NUMBER
from app.domain.quarter import quarter_label
from app.models import Place
from app.services.draws.draw_queries import ListView, get_list, list_lists
from app.services.draws.foresight import reasons_so_far
from app.services.draws.links import links_of
from app.transaction import reading


@click.group()
def draws() -> None:
    """Lists of cases and draws from them. They are closed and drawn in the office, where somebody signs for them."""


@draws.command("list")
@with_appcontext
def list_all() -> None:
    """One line for each list, the newest first: number, place, quarter, who is asked how, state, day of the seed."""
    with reading() as session:
        everywhere = session.scalars(select(Place.id)).all()
        for found in list_lists(session, everywhere, keeps_record=_keeps_record(), now=datetime.now(UTC)):
            cells = (found.id, found.place_code, quarter_label(found.quarter), found.evidence.value, found.state.value)
            click.echo("\t".join(map(str, (*cells, found.seed_on))))


@draws.command()
@click.argument("number", type=NUMBER)
@with_appcontext
def show(number: int) -> None:
    """Show list NUMBER as it was closed, what was drawn from it, and what holds against its figure so far.

    With the seed and the number of cases anybody can make the draw anew, as `samvad-verify.py` does.
    """
    now = datetime.now(UTC)
    with reading() as session:
        found = get_list(session, number, keeps_record=_keeps_record(), now=now)
        lines = [*_of_list(found), *_of_draw(session, found, now)]
    for name, value in lines:
        click.echo(f"{name}: {value}")


def _of_list(found: ListView) -> Iterator[tuple[str, object]]:
    yield "place", f"{found.place_code} {found.place.in_language('en')}"
    yield "quarter", quarter_label(found.quarter)
    yield "asked", found.evidence.value
    yield "state", found.state.value
    yield "all cases", found.all_cases
    yield "contactable", found.contactable
    yield "on the list", found.cases
    yield "to be drawn", found.drawn
    yield "decoys", found.decoys
    yield "closed on", found.closed_on
    yield "root", found.root.hex()
    yield "seed from", " ".join(filter(None, (found.seed_from.value, found.seed_source)))
    yield "seed on", found.seed_on
    yield "entry of the list", _entry(found.entry)


def _of_draw(session: Session, found: ListView, now: datetime) -> Iterator[tuple[str, object]]:
    if found.draw is None:
        return
    yield "drawn on", found.draw.drawn_on
    yield "seed", found.draw.seed.hex()
    yield "numbers drawn, SHA-256", found.draw.positions.hex()
    yield "entry of the draw", _entry(found.draw.entry)
    if found.batch_id is not None:
        yield "batch of invitations", found.batch_id
        yield "decoys used", links_of(session, found.id).decoys_used
    reasons = reasons_so_far(session, found.id, now)
    if reasons is not None:
        yield "holds against it so far", " ".join(reasons) or "nothing"


def _entry(number: int | None) -> object:
    return "not in the record yet" if number is None else number


def _keeps_record() -> bool:
    return bool(current_app.extensions["samvad.settings"].secrets.record)
