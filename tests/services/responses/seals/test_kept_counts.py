"""Who puts back the seals of yesterday with the answers of yesterday is seen by what stands outside the database."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select

from app.domain.problem import Problem
from app.jobs.record.sealing import watch_counts
from app.models import Arrival, Response, SealWeek, Verdict
from app.services.responses.seals.kept_counts import fallen, keep_counts, read_counts
from app.services.responses.seals.verification import verify_seals
from app.services.responses.seals.week_seals import read_seals
from app.transaction import reading, transaction


def found(folder: Path) -> list[str]:
    kept = read_counts(folder)
    with reading() as session:
        return fallen(kept, read_seals(session))


def put_back(earlier: SealWeek, later: Sequence[UUID]) -> None:
    """The seal as it was, and none of the answers that came since: each fits the other."""
    values = {column.name: getattr(earlier, column.name) for column in SealWeek.__table__.columns}
    with transaction() as session:
        session.execute(delete(SealWeek))
        session.execute(insert(SealWeek).values(values))
        session.execute(delete(Verdict).where(Verdict.response_id.in_(later)))
        session.execute(delete(Arrival).where(Arrival.response_id.in_(later)))
        session.execute(delete(Response).where(Response.id.in_(later)))


@pytest.mark.both_databases
def test_a_week_that_was_put_back_is_named_until_it_is_sealed_anew(
    sent: Callable[[int], list[UUID]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "record"
    sent(5)
    with reading() as session:
        earlier = session.scalars(select(SealWeek)).one()
    later = sent(3)
    watch_counts(folder)
    assert found(folder) == []
    assert (folder / "sealed-counts.json").stat().st_mode & 0o777 == 0o600
    put_back(earlier, later)
    with reading() as session:
        assert list(verify_seals(session)) == [], "in the database nothing shows it"
    said = "the seal of the week 2026-06-08 was put back: 8 answers and 8 verdicts were in it, and now 5 and 5"
    assert found(folder) == [said]
    for _ in range(2):
        watch_counts(folder)
        assert said in caplog.text
        assert found(folder) == [said], "what was written down stays"
    with reading() as session:
        keep_counts(folder, {}, read_seals(session))
    assert found(folder) == []


@pytest.mark.parametrize("text", ["", "[]", "{", '{"2026-06-08":[1]}', '{"2026-06-08":["a","b"]}', '{"2026-06-08":5}'])
def test_a_file_that_says_nothing_is_a_problem_and_no_traceback(app: Flask, tmp_path: Path, text: str) -> None:
    (tmp_path / "sealed-counts.json").write_text(text, "utf-8")
    with pytest.raises(Problem, match=r"seals\.state_unreadable"):
        read_counts(tmp_path)


def test_where_nothing_was_written_nothing_has_fallen(app: Flask, tmp_path: Path) -> None:
    assert found(tmp_path / "none") == []
    watch_counts(tmp_path / "none")
    assert not (tmp_path / "none").exists()
