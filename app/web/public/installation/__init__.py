"""The product about itself. For citizens' pages alone."""

from flask import Blueprint

from app.web.public.installation import about


def register_installation(public: Blueprint) -> None:
    subject = Blueprint("installation", __name__)
    about.add_routes(subject)
    public.register_blueprint(subject)
