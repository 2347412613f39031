"""Over time: each question that is followed, on a page of its own, so that a place's page stays small."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.figures import wording as say
from app.domain.weeks import WEEK
from app.services.figures.editions.holding import what_is_shown
from app.services.record.changes import last_changes
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.public.figures.reach import edition_shown, own_address, reach
from app.web.public.figures.results import edition_reports
from app.web.public.rendered import rendered_pages
from app.web.views import at


@at("/r/<page>/trends")
@at("/R/<page>/trends")
@at("/R/<page>/TRENDS")
def show_trends(page: str) -> ResponseReturnValue:
    """Of the newest edition."""

    def render() -> str:
        place = reach(session, page)
        edition = edition_shown(session, place.line.id, None)
        reports = edition_reports(session, edition) if edition else []
        return render_template(
            "public/figures/trends.html",
            place=place,
            edition=edition,
            reports=reports,
            has_trends=any(section.trends for report in reports for section in report.sections),
            warning=say.NOT_FOR_CONSEQUENCES,
            next_day=showing.latest + WEEK,
            own=own_address(url_for("public.figures.show_trends", page=place.line.page)),
            reader=FigureReader(),
        )

    with reading() as session:
        showing = what_is_shown(session, now())
        key = "trends", page.lower(), showing, today(), reader_language(), last_changes(session)
        return rendered_pages().get(key, render).response()
