import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import Secrets
from app.domain.problem import Problem
from app.formats.crypto.secret_files import draw_secrets, is_typed_right, read_sheet, sheet_lines, write_secrets

KEY = st.binary(min_size=32, max_size=32)
SECRETS = st.builds(
    Secrets,
    session=KEY,
    audit=KEY,
    accounts=KEY,
    receipts=KEY,
    signing=st.dictionaries(st.integers(0, 255), KEY, min_size=1, max_size=3),
    sealing=st.dictionaries(st.integers(0, 255), KEY, max_size=3),
)


def sheet_of(held: Secrets) -> str:
    return "\n".join(f"{line.label} : {line.text}" for line in sheet_lines(held))


def outcome_of(text: str) -> Secrets | Problem:
    try:
        return read_sheet(text)
    except Problem as problem:
        return problem


def test_the_file_is_what_a_start_reads(tmp_path: Path) -> None:
    held = draw_secrets()
    path = tmp_path / "instance" / "secrets.json"
    write_secrets(path, held)
    assert Secrets.from_file(path) == held
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@given(SECRETS)
def test_a_sheet_gives_back_what_was_written_on_it(held: Secrets) -> None:
    typed = "\n".join(f"{line.label} : {line.text.lower().replace('o', '0')}" for line in sheet_lines(held))
    assert read_sheet(f"Some heading\n\n{typed}\n") == held


@given(SECRETS, st.randoms())
def test_a_mistyped_line_is_named(held: Secrets, rng: random.Random) -> None:
    lines = sheet_of(held).splitlines()
    at = rng.randrange(len(lines))
    label, _, text = lines[at].partition(" : ")
    place = rng.choice([i for i, letter in enumerate(text) if letter != " "])
    wrong = rng.choice([letter for letter in "ACDEFGHJKLMNPQRSTUVWXYZ234567" if letter != text[place]])
    lines[at] = f"{label} : {text[:place]}{wrong}{text[place + 1 :]}"
    # Ten check bits: of a thousand slips one passes, and the recovered secrets then differ.
    found = outcome_of("\n".join(lines))
    assert found.details["label"] == label if isinstance(found, Problem) else found != held


def test_exchanged_and_missing_lines_are_named() -> None:
    lines = sheet_of(draw_secrets()).splitlines()
    first, second = (line.partition(" : ")[2] for line in lines[:2])
    with pytest.raises(Problem) as refused:
        read_sheet("\n".join([f"SESSION-1 : {second}", f"SESSION-2 : {first}", *lines[2:]]))
    assert refused.value.code == "keys.line_wrong"
    with pytest.raises(Problem) as refused:
        read_sheet("\n".join(lines[:3] + lines[4:]))
    assert (refused.value.code, refused.value.details) == ("keys.line_missing", {"label": "AUDIT-2"})
    with pytest.raises(Problem) as refused:
        read_sheet("nothing of the kind")
    assert refused.value.code == "keys.sheet_empty"


def test_a_line_is_typed_back_with_or_without_its_label() -> None:
    line = sheet_lines(draw_secrets())[0]
    assert is_typed_right(line, line.text.lower())
    assert is_typed_right(line, f"{line.label}: {line.text.replace(' ', '')}")
    assert not is_typed_right(line, line.text[:-1])
