"""Where a form says what was refused."""

from flask_wtf import FlaskForm
from wtforms import Field

from app.domain.problem import Problem
from app.web.errors import sentence_of


def show_refusal(form: FlaskForm, problem: Problem, field: Field | None = None) -> None:
    """Beside the field that the problem is about, or above the form if it is about none."""
    if field is None:
        form.form_errors.append(sentence_of(problem))
    else:
        field.errors = [*field.errors, sentence_of(problem)]
