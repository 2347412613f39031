"""The page behind a code, on which citizens answer. For citizens' pages alone."""

from flask import Blueprint

from app.web.public.responses import code_page


def register_responses(public: Blueprint) -> None:
    subject = Blueprint("responses", __name__)
    code_page.add_routes(subject)
    public.register_blueprint(subject)
