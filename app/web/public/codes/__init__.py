"""Codes as anybody meets them: the number beside one, whether one is genuine, a screen that shows them. For
citizens' pages alone.
"""

from flask import Blueprint

from app.web.public.codes import cards, checks, counter_screen, numbers


def register_codes(public: Blueprint) -> None:
    subject = Blueprint("codes", __name__)
    numbers.add_routes(subject)
    checks.add_routes(subject)
    counter_screen.add_routes(subject)
    cards.add_routes(subject)
    public.register_blueprint(subject)
