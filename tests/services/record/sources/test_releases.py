"""Releases in the record: each names the one before it, and says no more than a page."""

from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import Settings
from app.domain.figures.editions.days import Showing
from app.domain.figures.release import digest_of
from app.models import Place, Release
from app.services.figures.release_queries import verify_releases
from app.services.figures.release_writer import ChainNames
from app.services.record.editions import in_view
from app.services.record.sources.releases import releases_to_enter
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, entries, monday

pytestmark = pytest.mark.both_databases


def test_chains_follow_each_other(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    for week in range(3):
        department.publish(week)
    told = entries()
    releases = [entry for entry in told if entry["type"] == "release"]
    assert len(releases) == 9
    for at, entry in enumerate(told):
        if entry["type"] == "release" and entry["number"] != 1:
            after = told[cast(int, entry["after"])]
            assert cast(int, entry["after"]) < at
            assert (after["place"], after["number"]) == (entry["place"], cast(int, entry["number"]) - 1)
    with reading() as session:
        assert (
            releases_to_enter(
                session, monday(3).date(), ["station", "district"], in_view(Showing(monday(3).date())), 10
            )
            == []
        )
        rows = session.execute(select(Place.code, Release.digest).join(Place, Place.id == Release.place_id))
        assert {(entry["place"], entry["content"]) for entry in releases} == {(code, digest) for code, digest in rows}


def test_no_exact_number_is_told(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    department.publish(0)
    told = [entry for entry in entries() if entry["type"] == "release"]
    # Twelve and twenty-four.
    assert [entry["answers"] for entry in told] == [10, 10, 25]
    assert not any("set_aside" in entry for entry in told)


def test_one_that_was_made_anew_with_all_its_digests_is_named_by_the_record(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    department.publish(0)
    with transaction() as session:
        assert verify_releases(session).faults == []
        release = session.query(Release).filter_by(kind="sum").one()
        release.published_on = monday(5).date()
        below = session.scalars(select(Release.digest).where(Release.kind == "own").order_by(Release.id)).all()
        release.digest = digest_of(ChainNames(session).content(release, below))
        session.flush()
        assert verify_releases(session).faults == [
            f"release {release.id}: it is not the one that stands in the public record"
        ]
