"""How figures come to be, and who can see any of them before everybody does."""

from flask import render_template

from app.domain.figures.wording import METHOD
from app.domain.weeks import week_of
from app.services.accounts.queries import early_readers
from app.services.responses.policies.dated import read_policies
from app.transaction import reading
from app.web.context import today
from app.web.figures.reader import FigureReader
from app.web.views import at


@at("/about/figures")
def show_method() -> str:
    with reading() as session:
        early, policies = early_readers(session), read_policies(session)
    in_force = policies.of(week_of(today()))
    return render_template(
        "public/figures/method.html",
        early=early,
        method=METHOD,
        in_force=in_force,
        coming=[one for one in policies.all if one.since > in_force.since],
        reader=FigureReader(),
    )
