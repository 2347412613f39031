"""The audit chain, for those who watch the others: below the top of the department it ends at their own place."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.domain.weeks import within_calendar
from app.services.record.audit import read_head
from app.services.record.audit_queries import AuditFilter, list_actions, list_audit
from app.transaction import reading
from app.web.office.guard import is_whole, open_to, own_place_ids
from app.web.office.record.audit_words import action_words, detail_words, subject_words


@open_to(Permission.READ_AUDIT, "/audit")
def show_audit() -> ResponseReturnValue:
    fields = {name: request.args.get(name, "")[:100] for name in ("action", "username", "subject", "from", "until")}
    with reading() as session:
        places = None if is_whole(session) else own_place_ids(session)
        wanted = AuditFilter(
            fields["action"], fields["username"], fields["subject"], _day(fields["from"]), _day(fields["until"]), places
        )
        found = list_audit(session, wanted, request.args.get("page", 1, type=int))
        actions, head = sorted(list_actions(session, places), key=action_words), read_head(session)
    return render_template(
        "office/record/audit.html",
        found=found,
        actions=actions,
        head=head,
        narrowed=places is not None,
        fields=fields,
        action_words=action_words,
        subject_words=subject_words,
        detail_words=detail_words,
    )


def _day(text: str) -> date | None:
    try:
        return within_calendar(date.fromisoformat(text))
    except ValueError:
        return None
