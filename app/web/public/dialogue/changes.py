"""Everything that was changed after it was published, or kept back: corrections are usual, and none is hidden."""

from flask import Response, make_response, render_template, request, url_for

from app.services.dialogue.changes.published import published_changes
from app.services.dialogue.posts.hidings import hiding_now
from app.services.figures.editions.holding import what_is_shown
from app.services.record.changes import last_changes
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.public.figures.reach import own_address
from app.web.public.rendered import rendered_pages
from app.web.views import at

#: of more nobody reads the last
MOST_PAGES = 10_000
REMEMBERED = 20


@at("/about/changes")
def show_changes() -> Response:
    """The newest first; `page` is the one query that it takes besides the language."""
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)

    with reading() as session:

        def render() -> str:
            return render_template(
                "public/dialogue/changes.html",
                changes=published_changes(session, page, now()),
                own=own_address(url_for("public.dialogue.show_changes")),
                reader=FigureReader(),
            )

        # Whoever asks for one page after another leaves room for those of others.
        if page > REMEMBERED:
            return make_response(render())
        moving = what_is_shown(session, now()), today(), hiding_now(session, now())
        key = "changes", page, reader_language(), *moving, last_changes(session)
        return rendered_pages().get(key, render).response()
