"""The department's emblem, small, for its pages. They stand without it, so it comes after what is needed."""

from functools import lru_cache

from flask import Response, abort, request

from app.formats.pictures.emblems import small_emblem
from app.services.installation.department_queries import emblem_of
from app.transaction import reading
from app.web.department import current_department
from app.web.static import FOR_EVER
from app.web.views import at

_drawn = lru_cache(maxsize=4)(small_emblem)


@at("/about/emblem.png")
def show_emblem() -> Response:
    """404 if there is none. What its address names is kept for good; another mark gets what there is now."""
    with reading() as session:
        emblem, department = emblem_of(session), current_department(session)
    if emblem is None:
        abort(404)
    response = Response(_drawn(emblem), mimetype="image/png")
    is_this = request.args.get("v") == department.emblem_mark
    response.headers["Cache-Control"] = FOR_EVER if is_this else "no-cache"
    return response
