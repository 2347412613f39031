"""The layout every office page stands in, and the macros office pages are made of."""

import pytest
from flask import Flask, g, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from app.domain.accounts.account import SignedIn
from app.domain.accounts.role import Role
from app.models import Department
from app.transaction import transaction

PAGE = """
{% extends "office/base.html" %}
{% from "components/field.html" import field, fields %}
{% from "components/error_summary.html" import error_summary %}
{% from "components/table.html" import table, tag, facts %}
{% from "components/pagination.html" import pagination %}
{% from "components/empty_state.html" import empty_state %}
{% from "components/breadcrumbs.html" import breadcrumbs %}
{% from "components/confirm.html" import confirm %}
{% from "components/button.html" import submit, link_button, actions, post_button %}
{% from "components/notice.html" import notice %}
{% block content %}
  {{ breadcrumbs([("Start", "/office"), ("Here", none)]) }}
  <h1>Page</h1>
  {{ error_summary(form) }}
  <form method="post">
    {{ fields(form) }}
    {% call actions() %}{{ submit("Save") }}{{ link_button("/office", "Back", "second") }}{% endcall %}
  </form>
  {% call table("Codes", ["Place", {"text": "Answers"}]) %}<tr><td>x</td><td class="figure">5</td></tr>{% endcall %}
  {{ tag("active", "good") }}{{ facts([("Place", "x")]) }}{{ pagination(2, 3, "office.switch_language") }}
  {{ empty_state("Nothing yet", "Import places.") }}{{ notice("warning", "Careful") }}
  {% call confirm("/office/x", "Yes", "/office") %}<p>Sure?</p>{% endcall %}
{% endblock %}
"""


class SampleForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Name", [InputRequired("Say a name.")], description="As on paper")
    note = StringField("Note")
    secret = PasswordField("Password", [InputRequired()])
    kind = SelectField("Kind", choices=[SelectChoice("a", "A")])
    side = RadioField("Side", choices=[SelectChoice("l", "Left"), SelectChoice("r", "Right")])
    sure = BooleanField("Sure")


def an_account(role: Role) -> SignedIn:
    return SignedIn(1, "someone", "Some One", role, 1, "en", 0, False, False)


@pytest.fixture
def department(app: Flask) -> None:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
    return


def render(app: Flask, role: Role | None, lang: str) -> str:
    with app.test_request_context(f"/office/page?lang={lang}", method="POST", data={"kind": "a"}):
        if role:
            g.account = an_account(role)
        form = SampleForm()
        form.validate_on_submit()
        return render_template_string(PAGE, form=form)


@pytest.mark.usefixtures("department")
def test_a_page_names_the_department_and_says_that_it_is_a_demonstration(app: Flask) -> None:
    page = render(app, Role.STATE_ADMIN, "hi")
    assert 'lang="hi"' in page
    assert "नमूना पुलिस" in page
    assert "DEMO" in page
    assert "Some One" in page


@pytest.mark.usefixtures("department")
def test_every_error_is_told_beside_its_field_and_in_the_summary(app: Flask) -> None:
    page = render(app, None, "en")
    assert 'href="#name"' in page
    assert 'aria-describedby="name-hint name-error"' in page
    assert page.count("Say a name.") == 2


@pytest.mark.usefixtures("department")
def test_who_has_not_signed_in_gets_no_sections_and_a_link_for_the_language(app: Flask) -> None:
    page = render(app, None, "en")
    assert "Sign out" not in page
    assert 'class="sections"' not in page
    assert 'href="?lang=hi"' in page


def test_without_a_department_the_page_still_stands(app: Flask) -> None:
    assert "Samvad" in render(app, None, "en")
