"""samvad keys rotate-signing and cut-off: walls stay good, and a leaked key ends from a day on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from app.cli import commands
from app.config import Secrets, Settings
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.formats.crypto.tokens import TokenSigner
from app.models import AuditEntry, Department, Placement, SigningKey
from app.services.codes.placements import IssueRequest, issue_below, issue_placement
from app.services.installation.signing_keys import cut_off, plan_cut_off
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey
from tests.fixtures.secrets import SECRETS

SPOT = "मुख्य द्वार"


@pytest.fixture
def secrets_file(app: Flask, settings: Settings) -> Path:
    path = settings.instance / "secrets.json"
    write_secrets(path, SECRETS)
    return path


@pytest.fixture
def district(secrets_file: Path) -> tuple[int, int]:
    """Two stations with a poster each under the first key; the district, and the survey."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना", name_en="Sample", demonstration=True))
        place = add_place(session, kind="district")
        for _ in range(2):
            add_place(session, parent=place)
        survey = add_survey(session).survey_id
        issue_below(session, place.id, IssueRequest(survey, Channel.POSTER, SPOT, 0), now=datetime.now(UTC))
        return place.id, survey


def run(settings: Settings, *arguments: str, typed: str = "") -> Result:
    environment = {
        "SAMVAD_MODE": "test",
        "SAMVAD_INSTANCE": str(settings.instance),
        "SAMVAD_DATABASE_URL": settings.database_url,
        "SAMVAD_ADDRESS": settings.address,
    }
    info = ScriptInfo(create_app=lambda: create_app(Settings.from_env(environment)))
    runner = CliRunner(env={name: value for name, value in environment.items() if value})
    return runner.invoke(commands, ["keys", *arguments], obj=info, input=typed)


def addresses(secrets: Secrets) -> list[str]:
    """Where each issued code leads, the oldest key first."""
    signer = TokenSigner(secrets.signing)
    with reading() as session:
        rows = session.scalars(select(Placement).order_by(Placement.key_id, Placement.id))
        return ["/s/" + signer.sign(Token(Channel(row.channel), row.key_id, row.id)) for row in rows]


def today() -> date:
    return (datetime.now(UTC) + timedelta(hours=5, minutes=30)).date()


def test_rotation_spoils_nothing_on_walls(secrets_file: Path, settings: Settings, district: tuple[int, int]) -> None:
    done = run(settings, "rotate-signing")
    assert done.exit_code == 0, done.output
    assert "Added signing key 1. Restart the servers" in done.stdout
    held = Secrets.from_file(secrets_file)
    assert set(held.signing) == {0, 1}
    assert held.signing[0] == SECRETS.signing[0]
    assert held.newest_key_id == 1
    restarted = create_app(replace(settings, secrets=held))
    with restarted.app_context():
        assert [restarted.test_client().get(path).status_code for path in addresses(held)] == [200, 200]
        with transaction() as session:
            request = IssueRequest(district[1], Channel.POSTER, "न्यायालय", held.newest_key_id)
            issue_below(session, district[0], request, now=datetime.now(UTC))
        assert [restarted.test_client().get(path).status_code for path in addresses(held)] == [200] * 4


def test_a_cut_off_that_was_planned_beside_another_moves_nothing_to_a_later_day(
    settings: Settings, district: tuple[int, int]
) -> None:
    assert district
    run(settings, "rotate-signing")
    now = datetime.now(UTC)
    with reading() as session:
        plans = [plan_cut_off(session, 0, today() - timedelta(days=days), newest=1, now=now) for days in (5, 2)]
    with transaction() as session:
        cut_off(session, plans[0], now)
    with transaction() as session, pytest.raises(Problem, match=r"keys\.cut_off_moved"):
        cut_off(session, plans[1], now)
    with reading() as session:
        assert session.get_one(SigningKey, 0).cut_off_on == plans[0].since


def test_what_a_cut_off_would_invalidate_is_said_before_it_is_done(
    settings: Settings, district: tuple[int, int]
) -> None:
    assert district
    run(settings, "rotate-signing")
    shown = run(settings, "cut-off", "0", "--since", today().isoformat(), "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "2 codes for 2 places would be good no more" in shown.stdout
    assert "poster\t2" in shown.stdout
    assert "Nothing was changed." in shown.stdout
    wrong = run(settings, "cut-off", "0", "--since", today().isoformat(), typed="1\n")
    assert wrong.exit_code == 1
    with reading() as session:
        assert session.get_one(SigningKey, 0).cut_off_on is None


def test_a_cut_off_key_ends_and_stations_get_new_codes(
    secrets_file: Path, settings: Settings, district: tuple[int, int]
) -> None:
    run(settings, "rotate-signing")
    done = run(settings, "cut-off", "0", "--since", today().isoformat(), typed="0\n")
    assert done.exit_code == 0, done.output
    assert f"signing\t0\t{today()}\tcut off from {today()} on" in run(settings, "list").stdout
    again = run(settings, "cut-off", "0", "--since", today().isoformat())
    assert again.exit_code == 1
    held = Secrets.from_file(secrets_file)
    restarted = create_app(replace(settings, secrets=held))
    with restarted.app_context():
        old = addresses(held)
        pages = [restarted.test_client().get(path) for path in old]
        assert [page.status_code for page in pages] == [410, 410]
        assert "code.compromised" in pages[0].text
        with transaction() as session:
            request = IssueRequest(district[1], Channel.POSTER, SPOT, held.newest_key_id)
            made = issue_below(session, district[0], request, now=datetime.now(UTC))
        assert len(made.issued) == 2
        assert [restarted.test_client().get(path).status_code for path in addresses(held)] == [410, 410, 200, 200]
    with reading() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions[-3:] == ["signing_key.added", "signing_key.cut_off", "placement.issued_below"]


def test_the_newest_key_an_unknown_one_and_a_day_to_come_are_refused(
    settings: Settings, district: tuple[int, int]
) -> None:
    assert district
    for arguments, words in (
        (("0", "--since", today().isoformat()), "samvad keys rotate-signing"),
        (("7", "--since", today().isoformat()), "There is no signing key 7."),
    ):
        refused = run(settings, "cut-off", *arguments)
        assert refused.exit_code == 1
        assert words in str(refused.exception or refused.output) + refused.output
    run(settings, "rotate-signing")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert run(settings, "cut-off", "0", "--since", tomorrow).exit_code == 1
    assert run(settings, "cut-off", "0", "--since", "yesterday").exit_code == 2


def test_a_server_that_was_not_restarted_issues_nothing_under_a_dead_key(
    settings: Settings, district: tuple[int, int]
) -> None:
    run(settings, "rotate-signing")
    run(settings, "cut-off", "0", "--since", today().isoformat(), typed="0\n")
    with transaction() as session, pytest.raises(Problem, match=r"placement\.key_cut_off"):
        issue_placement(session, district[0], IssueRequest(district[1], Channel.POSTER, SPOT, 0), now=datetime.now(UTC))
