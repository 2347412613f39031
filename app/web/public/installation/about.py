"""Pages about the product itself: the first page, what becomes of an answer, accessibility, notes for machines."""

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.figures.editions.days import day_to_show
from app.domain.installation.public_results import kinds_shown
from app.domain.weeks import WEEK
from app.services.dialogue.commitment_queries import newest_open
from app.services.installation.public_results import public_results
from app.services.record.editions import newest_shown_day
from app.transaction import reading
from app.web.context import context, now, today
from app.web.figures.reader import FigureReader
from app.web.static import static_url
from app.web.views import at

#: staff, programs, devices, and confirmations, which belong to one person
NOT_FETCHED = ("/office", "/api", "/k", "/c", "/*?*received=")


@at("/")
def show_home() -> str:
    latest = day_to_show(now())
    with reading() as session:
        kinds = kinds_shown(public_results(session), today())
        promise = newest_open(session, kinds, today()) if kinds else None
        has_results = newest_shown_day(session, latest) is not None
    return render_template(
        "public/installation/home.html",
        promise=promise,
        has_results=has_results,
        next_day=latest + WEEK,
        reader=FigureReader(),
    )


@at("/privacy")
def show_privacy() -> str:
    """The notice that India's DPDP Rules, 2025, want: alone on its page, itemised, in both languages."""
    return render_template("public/installation/privacy.html")


@at("/accessibility")
def show_accessibility() -> str:
    return render_template("public/installation/accessibility.html")


@at("/robots.txt")
def show_robots() -> Response:
    """What no fetcher needs. A code may be fetched, or its link had no card; that none is shown says its header.

    A page that may not be fetched cannot say that it is not to be shown.
    """
    lines = "".join(f"Disallow: {path}\n" for path in NOT_FETCHED)
    sitemap = f"Sitemap: {context().settings.address}{url_for('public.figures.show_sitemap')}\n"
    return Response(f"User-agent: *\n{lines}\n{sitemap}", mimetype="text/plain")


@at("/favicon.ico")
def show_favicon() -> ResponseReturnValue:
    return redirect(static_url("icons/samvad.svg"), 301)


@at("/.well-known/security.txt")
def show_security_contact() -> Response:
    """RFC 9116, with an expiry half a year ahead; 404 while no contact is set."""
    settings = context().settings
    if settings.contact is None:
        abort(404)
    expires = now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = expires.replace(year=expires.year + (expires.month > 6), month=(expires.month + 5) % 12 + 1)
    lines = (
        f"Contact: {settings.contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: hi, en",
        f"Canonical: {settings.address}{url_for('public.installation.show_security_contact')}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
