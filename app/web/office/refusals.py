"""Where it is said that something was refused: in its form or, where there is none, on the page that comes next."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import Field

from app.domain.problem import Problem
from app.transaction import transaction
from app.web.errors import sentence_of


def show_refusal(form: FlaskForm, problem: Problem, field: Field | None = None) -> None:
    """Beside the field that the problem is about, or above the form if it is about none."""
    if field is None:
        form.form_errors.append(sentence_of(problem))
    else:
        field.errors = [*field.errors, sentence_of(problem)]


def do_and_say(act: Callable[[Session], object], done: str, back: str) -> ResponseReturnValue:
    """Do it in a transaction of its own, and say on the page `back` that it is done, or why not."""
    try:
        with transaction() as session:
            act(session)
    except Problem as problem:
        flash(sentence_of(problem), "bad")
    else:
        flash(done, "good")
    return redirect(back, 303)
