"""Batches of slips and invitations: the list, one of them, and cancelling."""

import re
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.codes.number import show_number
from app.domain.figures.disclosure import shown_responses
from app.domain.free_text import ascii_digits
from app.domain.problem import Problem
from app.domain.slips.slip_batch import BATCH_STATION, BATCH_UNCONFIRMED, MOST_PACKS, PACKS_TOO_MANY
from app.services.slips.slip_batch_queries import BatchView, get_batch, list_batches
from app.services.slips.slip_batches import cancel_batch, cancel_links, cancel_packs
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.office.codes.print_choice import LANGUAGE_WORDS
from app.web.office.codes.words import CHANNEL_WORDS
from app.web.office.guard import open_to, own_place_ids, require_above_station, require_within, signed_in

#: of a pasted list of links; ten thousand lines fit
MOST_TEXT = 2 * 1024 * 1024


@open_to(Permission.ISSUE_BATCHES, "/batches")
def show_batches() -> ResponseReturnValue:
    with reading() as session:
        require_above_station(session, BATCH_STATION)
        found = list_batches(session, own_place_ids(session), today())
    return render_template("office/slips/batches/batches.html", found=found, channels=CHANNEL_WORDS)


@open_to(Permission.ISSUE_BATCHES, "/batches/<int:batch_id>")
def show_batch(batch_id: int) -> ResponseReturnValue:
    return batch_page(batch_id)


@open_to(Permission.ISSUE_BATCHES, "/batches/<int:batch_id>/cancel", "POST")
def cancel(batch_id: int) -> ResponseReturnValue:
    text = request.form.get("text", "")[:MOST_TEXT]
    what, actor, at = request.form.get("what"), signed_in().id, now()
    unknown: tuple[str, ...] = ()
    with reading() as session:
        batch_within(session, batch_id)
    try:
        if "sure" not in request.form:
            raise Problem(BATCH_UNCONFIRMED)
        with transaction() as session:
            if what == "all":
                cancel_batch(session, batch_id, actor_id=actor, now=at)
                told = _("The whole batch is cancelled.")
            elif what == "packs":
                packs = read_packs(text)
                cancel_packs(session, batch_id, packs, actor_id=actor, now=at)
                told = ngettext("%(num)d pack is cancelled.", "%(num)d packs are cancelled.", len(packs))
            else:
                found, unknown = cancel_links(session, batch_id, text, codes=context().codes, actor_id=actor, now=at)
                told = ngettext("%(num)d link is cancelled.", "%(num)d links are cancelled.", found)
                if not found:
                    told = _("These links were cancelled before.")
    except Problem as problem:
        return batch_page(batch_id, refused=what or "", text=text, refusal=sentence_of(problem)), problem.status
    if unknown:
        said = ngettext(
            "%(num)d line is no link of this batch. It still stands below.",
            "%(num)d lines are no links of this batch. They still stand below.",
            len(unknown),
        )
        return batch_page(batch_id, refused="links", text="\n".join(unknown), refusal=f"{told} {said}")
    flash(told, "good")
    return redirect(url_for("office.slips.show_batch", batch_id=batch_id), 303)


def batch_page(batch_id: int, refused: str = "", text: str = "", refusal: str = "") -> str:
    with reading() as session:
        batch = batch_within(session, batch_id)
    return render_template(
        "office/slips/batches/batch.html",
        batch=batch,
        used=shown_responses(batch.counts.used).words.text(_),
        channels=CHANNEL_WORDS,
        cancelled_packs=show_packs(batch.cancelled_packs),
        paper_languages=LANGUAGE_WORDS,
        show_number=show_number,
        file=request.args.get("file", ""),
        refused=refused,
        refusal=refusal,
        text=text,
    )


def batch_within(session: Session, batch_id: int) -> BatchView:
    """Problem `slip_batch.unknown`, `place.foreign`, or `slip_batch.station` for an account of a single station."""
    require_above_station(session, BATCH_STATION)
    batch = get_batch(session, batch_id, today())
    require_within(session, batch.place_id)
    return batch


def read_packs(text: str) -> list[int]:
    """Pack numbers as people write them: 3, 5-8. Problem `slip_batch.packs_too_many`."""
    rows = re.findall(r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?", ascii_digits(text))
    if len(rows) > MOST_PACKS:
        raise Problem(PACKS_TOO_MANY, most=MOST_PACKS)
    packs: set[int] = set()
    for first, last in rows:
        packs.update(range(int(first), int(last or first) + 1))
    return sorted(packs) or [0]


def show_packs(packs: Sequence[int]) -> str:
    """The same the other way round: 3, 5–8."""
    rows: list[list[int]] = []
    for pack in packs:
        if rows and rows[-1][-1] == pack - 1:
            rows[-1].append(pack)
        else:
            rows.append([pack])
    return ", ".join(f"{row[0]}–{row[-1]}" if len(row) > 1 else str(row[0]) for row in rows)
