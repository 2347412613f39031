"""Which tables there are, and each by its name."""

from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.dialogue.open_data.files import data_file, data_files
from tests.services.dialogue.open_data.conftest import Opened

NAMES = ["places", "questions", "answers", "editions", "promises", "rounds", "round-figures", "changes"]
NAMES += ["figures-2026", "sections-2026", "reasons-2026", "trends-2026"]


def test_all_of_them_in_their_order_and_each_alone(opened: Opened, tmp_path: Path) -> None:
    files = data_files(opened.session, tmp_path, opened.scope())
    assert [file.name for file in files] == NAMES
    for file in files:
        assert data_file(opened.session, tmp_path, file.name, opened.scope()) == file
        assert (file.content is None) is (file.packed is not None)


@pytest.mark.parametrize("name", ["", "figures", "figures-2025", "places-2026", "editions-2026", "other-2026"])
def test_another_is_unknown(opened: Opened, tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem, match=r"data\.unknown"):
        data_file(opened.session, tmp_path, name, opened.scope())
