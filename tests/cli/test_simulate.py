from click.testing import CliRunner

from app.cli.simulate import simulate


def test_an_attack_is_tried_and_called_synthetic() -> None:
    result = CliRunner().invoke(simulate, ["--attack", "kiosk", "--stations", "50", "--seed", "7"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("kiosk")] == [
        ["kiosk", str(fakes), "0.0"] for fakes in (10, 20, 40, 100, 300)
    ]
    assert "By how many points answers that are added move a headline, at most: 0.0" in lines
    assert lines[-1].startswith("All of this is synthetic")


def test_a_headline_is_tried_and_called_synthetic() -> None:
    result = CliRunner().invoke(simulate, ["--attack", "chosen-people", "--stations", "50"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    tried = [line for line in lines if line.startswith("chosen-people")]
    # Whatever else becomes of them, without a public draw none is certified.
    assert [line.split()[-6] for line in tried] == ["0.0"] * 3
    assert not any(line.startswith("kiosk") for line in lines)
    assert lines[-1].startswith("All of this is synthetic")


def test_an_attack_that_is_not_known_is_named() -> None:
    result = CliRunner().invoke(simulate, ["--attack", "miracle"])
    assert result.exit_code == 2
    assert "miracle" in result.output
