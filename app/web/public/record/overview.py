"""The page about the record: what stands in it, who watches it, and how anybody checks it."""

import hashlib

from flask import render_template

from app.domain.weeks import day_of
from app.services.record.log.beginning import key_of_record
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.cosignatures import last_cosigned
from app.services.record.log.entries import newest_entries
from app.transaction import reading
from app.web.context import context, now
from app.web.figures.reader import FigureReader
from app.web.public.record.entry_words import about, type_of
from app.web.public.record.files import program
from app.web.views import at

#: entries on the page; whoever wants all of them takes the files
_SHOWN = 10


@at("/r/record")
@at("/R/RECORD")
def show_record() -> str:
    with reading() as session:
        checkpoint = newest_checkpoint(session, now())
        vkey = key_of_record(session)
        witnesses = last_cosigned(session, checkpoint.size) if checkpoint else []
        newest = newest_entries(session, checkpoint.size, _SHOWN) if checkpoint else []
    return render_template(
        "public/record/overview.html",
        checkpoint=checkpoint,
        vkey=vkey,
        witnesses=witnesses,
        entries=newest,
        type_of=type_of,
        about=about,
        address=context().settings.address,
        programs={does: hashlib.sha256(program(does)).hexdigest() for does in ("fetch", "verify")},
        reader=FigureReader(),
        day_of=day_of,
    )
