from click.testing import CliRunner

from app.cli.simulate import simulate


def test_an_attack_is_tried_and_called_synthetic() -> None:
    result = CliRunner().invoke(simulate, ["--attack", "kiosk", "--stations", "50", "--seed", "7"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("kiosk")] == [
        ["kiosk", str(fakes), "0.0"] for fakes in (10, 20, 40, 100, 300)
    ]
    assert lines[-1].startswith("All of this is synthetic")


def test_an_attack_that_is_not_known_is_named() -> None:
    result = CliRunner().invoke(simulate, ["--attack", "miracle"])
    assert result.exit_code == 2
    assert "miracle" in result.output
