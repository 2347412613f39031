"""Files between their upload and its confirmation: for an hour, for their owner, and no more than there is room for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services import held_files
from app.services.held_files import HeldKind

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def gone() -> pytest.RaisesExc[Problem]:
    return pytest.RaisesExc(Problem, check=lambda problem: problem.code == "file.gone")


def test_a_file_comes_back_to_its_owner_by_its_token(tmp_path: Path) -> None:
    token = held_files.store(tmp_path, b"links", kind=HeldKind.LINKS, owner=1, now=NOW)
    other = held_files.store(tmp_path, b"list", kind=HeldKind.LINKS, owner=11, now=NOW)
    assert held_files.read(tmp_path, token, kind=HeldKind.LINKS, owner=1, now=NOW) == b"links"
    assert held_files.read(tmp_path, other, kind=HeldKind.LINKS, owner=11, now=NOW) == b"list"
    for owner, wanted in ((11, token), (1, other), (2, token), (1, token[:-1]), (1, "../secrets.json"), (1, "")):
        with gone():
            held_files.read(tmp_path, wanted, kind=HeldKind.LINKS, owner=owner, now=NOW)


def test_an_hour_is_an_hour_though_the_file_is_still_there(tmp_path: Path) -> None:
    token = held_files.store(tmp_path, b"links", kind=HeldKind.LINKS, owner=1, now=NOW)
    almost = NOW + held_files.HELD_FOR - timedelta(seconds=1)
    assert held_files.read(tmp_path, token, kind=HeldKind.LINKS, owner=1, now=almost) == b"links"
    with gone():
        held_files.read(tmp_path, token, kind=HeldKind.LINKS, owner=1, now=NOW + held_files.HELD_FOR)


def test_a_file_is_forgotten_by_its_owner_alone(tmp_path: Path) -> None:
    token = held_files.store(tmp_path, b"links", kind=HeldKind.LINKS, owner=1, now=NOW)
    with gone():
        held_files.discard(tmp_path, token, owner=2, now=NOW)
    held_files.discard(tmp_path, token, owner=1, now=NOW)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_the_oldest_of_ones_own_files_give_way(tmp_path: Path) -> None:
    foreign = held_files.store(tmp_path, b"x", kind=HeldKind.LINKS, owner=11, now=NOW - timedelta(minutes=1))
    tokens = [
        held_files.store(tmp_path, b"x", kind=HeldKind.LINKS, owner=1, now=NOW + timedelta(seconds=at))
        for at in range(held_files.MOST_HELD + 1)
    ]
    with gone():
        held_files.read(tmp_path, tokens[0], kind=HeldKind.LINKS, owner=1, now=NOW)
    for token, owner in ((tokens[1], 1), (tokens[-1], 1), (foreign, 11)):
        assert held_files.read(tmp_path, token, kind=HeldKind.LINKS, owner=owner, now=NOW) == b"x"


def test_what_lies_there_under_another_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "notes.txt").write_text("of the operator")
    held_files.store(tmp_path, b"x", kind=HeldKind.LINKS, owner=1, now=NOW)
    held_files.forget_held_files(tmp_path, NOW + timedelta(days=1))
    assert [file.name for file in (tmp_path / "uploads").iterdir()] == ["notes.txt"]


def test_before_anything_was_uploaded_there_is_nothing_to_forget(tmp_path: Path) -> None:
    held_files.forget_held_files(tmp_path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_what_a_clock_stored_that_was_a_year_ahead_is_gone_an_hour_from_now(tmp_path: Path) -> None:
    token = held_files.store(tmp_path, b"links", kind=HeldKind.LINKS, owner=1, now=NOW + timedelta(days=399))
    fresh = held_files.store(tmp_path, b"list", kind=HeldKind.LINKS, owner=1, now=NOW)
    held_files.settle_future_files(tmp_path, NOW)
    assert held_files.read(tmp_path, token, kind=HeldKind.LINKS, owner=1, now=NOW) == b"links"
    assert held_files.read(tmp_path, fresh, kind=HeldKind.LINKS, owner=1, now=NOW) == b"list"
    held_files.forget_held_files(tmp_path, NOW + held_files.HELD_FOR)
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("kind", list(HeldKind))
def test_a_file_is_given_out_as_what_it_is_alone(tmp_path: Path, kind: HeldKind) -> None:
    token = held_files.store(tmp_path, b"x", kind=kind, owner=1, now=NOW)
    for other in set(HeldKind) - {kind}:
        with gone():
            held_files.read(tmp_path, token, kind=other, owner=1, now=NOW)
    assert held_files.read(tmp_path, token, kind=kind, owner=1, now=NOW) == b"x"


def test_a_file_of_the_version_before_is_nothing_and_goes_after_its_hour(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    until = int((NOW + held_files.HELD_FOR).timestamp())
    (tmp_path / "uploads" / f"1-{until}-{'0' * 32}").write_bytes(b"links")
    for kind in HeldKind:
        with gone():
            held_files.read(tmp_path, "0" * 32, kind=kind, owner=1, now=NOW)
    held_files.forget_held_files(tmp_path, NOW + held_files.HELD_FOR)
    assert list((tmp_path / "uploads").iterdir()) == []
