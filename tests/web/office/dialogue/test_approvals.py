"""One list of all that waits, and who approved whom."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.accounts.role import Role
from app.models import Account, Department
from app.transaction import transaction
from tests.factories.dialogue.posts import NOW, Officers, add_officers, published, waiting
from tests.fixtures.accounts import SignIn, open_session


@pytest.fixture
def who(app: Flask) -> Officers:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        made = add_officers(session)
        for account in session.query(Account):
            account.language = "en"
        published(session, made.author, made.admin)
        waiting(session, made.author)
    return made


def page(client: FlaskClient) -> str:
    answer = client.get("/office/approvals")
    assert answer.status_code == 200
    return answer.text


def test_whoever_may_decide_sees_it_and_comes_to_it(app: Flask, who: Officers) -> None:
    admin = open_session(app.test_client(), who.admin)
    text = page(admin)
    assert "A post" in text
    assert 'href="/office/posts/2"' in text
    assert admin.get("/office/posts/2").status_code == 200
    author = open_session(app.test_client(), who.author)
    assert "Nothing waits for you" in page(author)
    assert "Who approved whom" not in page(author)


def test_an_auditor_of_the_whole_department_sees_who_approved_whom(who: Officers, sign_in: SignIn) -> None:
    text = page(sign_in(Role.AUDITOR, who.state, language="en"))
    assert "Nothing waits for you" in text
    assert "Who approved whom" in text
    assert "A post 1" in text
    assert "Who approved whom" not in page(sign_in(Role.AUDITOR, who.district, language="en"))
