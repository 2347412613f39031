"""Where search engines find results and posts, which are public, and no code's page, which is nobody's to find."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from app.domain.installation.public_results import kinds_shown
from app.services.dialogue.posts.pages import listed_numbers
from app.services.installation.public_results import public_results
from app.services.places.queries import result_pages
from app.services.surveys.round_queries import public_numbers
from app.transaction import reading
from app.web.context import context, now, today
from app.web.views import at

#: pages about the product itself that anybody may look for
ABOUT = ("/", "/privacy", "/accessibility", "/about/figures", "/r/receipts", "/r/rounds")


@at("/sitemap.xml")
def show_sitemap() -> ResponseReturnValue:
    with reading() as session:
        policy = public_results(session)
        kinds = kinds_shown(policy, today())
        pages = result_pages(session, kinds)
        posts = listed_numbers(session, now())
        rounds = public_numbers(session)
    paths = [*ABOUT, *(["/r", "/r/data"] if kinds else []), *(f"/r/{page}" for page in pages)]
    paths += [*(["/p"] if posts else []), *(f"/p/{number}" for number in posts)]
    paths += [f"/r/rounds/{number}" for number in rounds]
    text = render_template("public/figures/sitemap.xml", address=context().settings.address, paths=paths)
    return Response(text, content_type="application/xml; charset=utf-8")
