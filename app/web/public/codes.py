"""The page behind a code: read the token, show the survey, take the answer."""

from flask import Blueprint, render_template

from app.services.placements import open_placement
from app.transaction import reading
from app.web.context import context, now


def add_routes(public: Blueprint) -> None:
    for prefix in ("/s", "/S"):
        public.add_url_rule(f"{prefix}/<token>", "code", show_code)


def show_code(token: str) -> str:
    opened = context().tokens.verify(token)
    with reading() as session:
        return render_template("public/code.html", placement=open_placement(session, opened, now=now()))
