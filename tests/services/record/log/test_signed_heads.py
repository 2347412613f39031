"""The last signed head, outside the database."""

from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.record.log.signed_heads import SignedHead, no_state, read_signed_head, write_signed_head

HEAD = SignedHead(7, b"r" * 32, "name+00000000+key")


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    assert read_signed_head(folder) is None
    write_signed_head(folder, HEAD)
    assert read_signed_head(folder) == HEAD
    assert (folder / "signed-head.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"size": 7}', '{"size": 7, "root": "zz", "vkey": ""}'])
def test_what_says_nothing_is_not_taken_for_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "signed-head.json").write_text(content, "utf-8")
    with pytest.raises(Problem, match=r"record\.state_unreadable"):
        read_signed_head(tmp_path)
    assert no_state(tmp_path).details["file"] == str(tmp_path / "signed-head.json")
