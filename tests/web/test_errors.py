import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_missing_page_helps_on(client: FlaskClient, language: str) -> None:
    page = client.get(f"/nothing?lang={language}")
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert 'name="number"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_failure_is_told_in_both_languages_without_database_or_translations(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("everything is broken")

    monkeypatch.setattr("app.web.department.reading", broken)
    monkeypatch.setattr("app.web.languages.catalogue", broken)
    page = app.test_client().get("/privacy")
    assert page.status_code == 500
    assert "हमारी ओर से" in page.text
    assert "Something went wrong on our side." in page.text
    assert "everything is broken" not in page.text


def test_even_a_refusal_may_fail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("everything is broken")

    monkeypatch.setattr("app.web.department.reading", broken)
    page = app.test_client().get("/nothing")
    assert page.status_code == 500
    assert "Something went wrong on our side." in page.text


def test_programs_get_problems_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "page.not_found"
