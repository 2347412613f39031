"""The rules for Prometheus, read and played by its own tool."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.meta import ROOT, python_files
from tests.samples import SAMPLES, program, sample

PROMTOOL = program("promtool")

pytestmark = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed here, so no rule was played")


def promtool(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(PROMTOOL), *words], capture_output=True, text=True, check=False)


def test_nobody_is_called_on_a_calm_day_and_somebody_for_each_thing_that_goes_wrong(tmp_path: Path) -> None:
    rules = shutil.copy(SAMPLES / "prometheus" / "samvad.rules.yml", tmp_path)
    done = promtool("test", "rules", shutil.copy(ROOT / "tests" / "samples" / "alerts.yml", tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    count = Path(rules).read_text("utf-8").count("- alert:")
    assert f"value: {count}}}" in (tmp_path / "alerts.yml").read_text("utf-8")


def test_what_the_rules_ask_for_is_told() -> None:
    asked = set(re.findall(r"samvad_\w+", re.sub(r"#.*", "", sample("prometheus/samvad.rules.yml"))))
    told = set(re.findall(r'"(samvad_\w+)"', "".join(file.read_text("utf-8") for file in python_files("app"))))
    assert asked
    assert asked <= told


def test_prometheus_takes_the_scrape_with_its_rules(tmp_path: Path) -> None:
    for file in (SAMPLES / "prometheus").iterdir():
        shutil.copy(file, tmp_path)
    done = promtool("check", "config", tmp_path / "scrape.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rules found" in done.stdout
