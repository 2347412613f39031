"""A counter screen: /c, where a browser is set up as one, and where it shows its codes from then on.

The page is the same for every screen and holds no code. What it shows comes out of the browser's own memory, so
that a restart without network shows codes again. It works with scripts only.
"""

from flask import Response, make_response, render_template

from app.formats.catalogue import catalogue
from app.transaction import reading
from app.web.department import current_department
from app.web.views import at


@at("/c")
def show_counter_screen() -> Response:
    with reading() as session:
        current_department(session)
    # In both languages at once, whichever was asked for: N_ marks what `hindi` speaks.
    response = make_response(render_template("public/codes/counter_screen.html", hindi=catalogue("hi").gettext, N_=str))
    response.headers["Cache-Control"] = "no-cache"
    return response
