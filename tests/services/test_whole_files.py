from pathlib import Path

import pytest

from app.services.whole_files import write_whole


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        write_whole(tmp_path / "print.pdf", content)
        assert (tmp_path / "print.pdf").read_bytes() == content
        assert [file.name for file in tmp_path.iterdir()] == ["print.pdf"]


def test_who_is_cut_off_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "print.pdf"
    write_whole(file, b"first")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("cut off")))
        with pytest.raises(OSError, match="cut off"):
            write_whole(file, b"second")
    assert file.read_bytes() == b"first"
    write_whole(file, b"third")
    assert [one.name for one in tmp_path.iterdir()] == ["print.pdf"]
