"""The first page of the office: how the reader's place stands, and what this account can do."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.figures.editions.days import day_to_show
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.figures.report import Report
from app.services.accounts.queries import describe_account
from app.services.dialogue.commitment_queries import Pressing, pressing_for
from app.services.figures.editions.report_choice import read_report
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.office.guard import open_to, own_place_ids, signed_in
from app.web.office.navigation import navigation

#: of each list as many stand on the first page
MOST_PROMISES = 5


@dataclass(frozen=True, slots=True)
class Brief:
    """The newest results of the reader's own place; new if they came with the Monday that is shown."""

    report: Report
    standing: Standing | None
    is_new: bool


@open_to(Permission.OWN_ACCOUNT, "/")
def home() -> ResponseReturnValue:
    with reading() as session:
        account = describe_account(session, signed_in().id)
        brief = _brief(session) if signed_in().role.may(Permission.READ_RELEASES) else None
        promises = _promises(session) if signed_in().may(Permission.PROPOSE_COMMITMENT) else None
    return render_template(
        "office/home.html",
        account=account,
        place=account.place,
        place_id=signed_in().place_id,
        brief=brief,
        promises=promises,
        cards=navigation(),
        reader=FigureReader(),
    )


def _brief(session: Session) -> Brief | None:
    report, _ = read_report(session, signed_in().place_id, None, None, now())
    if report is None:
        return None
    is_new = report.edition is not None and report.edition.due_on == day_to_show(now())
    return Brief(report, standing_of(report), is_new)


def _promises(session: Session) -> Pressing:
    return pressing_for(session, signed_in().id, own_place_ids(session), today(), MOST_PROMISES)
