"""What waits for the reader's decision, and for the auditor who has approved whom how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.domain.accounts.role import Permission
from app.domain.places.place import BilingualName
from app.domain.surveys.survey import in_language
from app.domain.weeks import day_of
from app.services.dialogue.approvals.pairs import approval_pairs
from app.services.dialogue.approvals.waiting import Approval, Reader, WaitKind, waiting_approvals
from app.transaction import reading
from app.web.context import now
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.guard import is_whole, open_to, own_place_ids, signed_in

KINDS = {
    WaitKind.COPIES: _l("What becomes of alike answers"),
    WaitKind.POLICY: _l("Rules for alike answers"),
    WaitKind.QUIET: _l("A quiet period"),
    WaitKind.QUIET_END: _l("The early end of a quiet period"),
    WaitKind.COMMITMENT: _l("A promise"),
    WaitKind.POST: _l("A post"),
    WaitKind.REMOVAL: _l("The removal of a post"),
    WaitKind.ROUND: _l("A poll or quiz"),
}
#: where each is decided, by the id of its noun
_WHERE: dict[WaitKind, Callable[[int], str]] = {
    WaitKind.COPIES: lambda _: url_for("office.responses.show_copies"),
    WaitKind.POLICY: lambda id_: url_for("office.responses.show_proposal", proposal_id=id_),
    WaitKind.QUIET: lambda _: url_for("office.installation.show_quiet"),
    WaitKind.QUIET_END: lambda _: url_for("office.installation.show_quiet"),
    WaitKind.COMMITMENT: lambda id_: url_for("office.dialogue.show_commitment", commitment_id=id_),
    WaitKind.POST: lambda id_: url_for("office.dialogue.show_post", post_id=id_),
    WaitKind.REMOVAL: lambda id_: url_for("office.dialogue.show_post", post_id=id_),
    WaitKind.ROUND: lambda id_: url_for("office.surveys.show_round", round_id=id_),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What waits, as the list shows it."""

    kind: str
    about: str
    address: str
    asked_by: str | None
    since: date


@open_to(Permission.OWN_ACCOUNT, "/approvals")
def show_approvals() -> ResponseReturnValue:
    account, may_audit = signed_in(), signed_in().may(Permission.READ_AUDIT)
    with reading() as session:
        reader = Reader(account, own_place_ids(session), is_whole(session), now())
        lines = [_line(one) for one in waiting_approvals(session, reader)]
        # Whose accounts go together is for those who see the whole department.
        pairs = approval_pairs(session) if may_audit and reader.is_whole else None
    return render_template(
        "office/dialogue/approvals.html", lines=lines, pairs=pairs, kinds=KINDS, reader=FigureReader()
    )


def _line(approval: Approval) -> Line:
    waiting, language = approval.waiting, reader_language()
    about = waiting.about
    if isinstance(about, BilingualName):
        about = about.in_language(language)
    elif not isinstance(about, str):
        about = in_language(about, language)
    return Line(
        str(KINDS[waiting.kind]), about, _WHERE[waiting.kind](waiting.id), approval.asked_by, day_of(waiting.since)
    )
