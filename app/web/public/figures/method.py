"""How figures come to be, and who can see any of them before everybody does."""

from flask import render_template

from app.domain.figures.wording import METHOD
from app.services.accounts.queries import early_readers
from app.transaction import reading
from app.web.figures.reader import FigureReader
from app.web.views import at


@at("/about/figures")
def show_method() -> str:
    with reading() as session:
        early = early_readers(session)
    return render_template("public/figures/method.html", early=early, method=METHOD, reader=FigureReader())
