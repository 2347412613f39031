"""The demonstration shows promises in every state, and what can be quoted is what its editions say."""

import json
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import Settings
from app.domain.dialogue.commitment_quote import Figure, quotable
from app.domain.figures.editions.days import Showing
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.jobs.editions import make_editions
from app.models import Account, Commitment, Edition, EditionDay
from app.services.dialogue.commitment_queries import waiting_for
from app.services.dialogue.commitment_quotes import copy_quote
from app.services.places.ancestry import subtree_ids
from app.transaction import reading
from app.workflows.demonstration.demonstration import make_demonstration
from app.workflows.demonstration.department import DemoSize

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def demonstration(app: Flask, settings: Settings) -> None:
    make_demonstration(settings, DemoSize(stations_per_district=4, weeks=26), NOW, lambda _: None)
    make_editions(NOW)


@pytest.mark.usefixtures("demonstration")
def test_some_are_done_one_is_late_and_one_waits() -> None:
    with reading() as session:
        assert sorted(session.scalars(select(EditionDay.due_on))) == [date(2026, 8, 24), date(2026, 11, 23)]
        states = sorted(session.scalars(select(Commitment.state)))
        assert states == ["done", "open", "open", "open", "proposed"]
        account = session.scalars(select(Account).where(Account.username == "admin")).one()
        within = subtree_ids(session, account.place_id, day_of(NOW))
        waiting = waiting_for(session, account.id, within, day_of(NOW))
    late = waiting.pressing.late.shown
    assert (len(waiting.pressing.to_approve.shown), len(late), len(waiting.open.shown)) == (1, 2, 1)
    assert any(line.promise.is_moved for line in late)


@pytest.mark.usefixtures("demonstration")
def test_every_figure_of_every_edition_is_quoted_as_it_stands_or_refused() -> None:
    """The newest of each place: all shares, those of which only a limit is told, and those that are withheld."""
    kinds: set[str] = set()
    with reading() as session:
        editions = session.scalars(select(Edition).where(Edition.due_on == date(2026, 11, 23))).all()
        assert len(editions) > 3
        for edition in editions:
            document = json.loads(edition.document)
            told = dict(quotable(document))
            for figure, cell, base in _cells(document):
                kinds.add(cell["share"]["kind"])
                if cell["share"]["kind"] == "withheld":
                    with pytest.raises(Problem, match="figure_gone"):
                        copy_quote(session, edition.place_id, figure, Showing(day_of(NOW)), day_of(NOW))
                elif told:
                    id_, quote = copy_quote(session, edition.place_id, figure, Showing(day_of(NOW)), day_of(NOW))
                    assert (id_, quote["share"], quote["base"]) == (edition.id, cell["share"], base)
                    assert quote == told[figure]
    assert {"about", "below"} <= kinds


def _cells(document: dict) -> list[tuple[Figure, dict, dict]]:  # type: ignore[type-arg]
    return [
        (Figure(survey["slug"], section["evidence"], asked["name"], asked["row"], cell["name"]), cell, asked["base"])
        for survey in document["surveys"]
        for section in survey["sections"]
        for asked in section["questions"]
        for cell in asked["cells"]
    ]
