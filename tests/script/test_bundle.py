"""A bundle from end to end, with a project of one package and no network: made, installed, upgraded, gone back from.

The scripts are those of this repository; the project around them is small, and its .venv is there with the pip of the
tests, so that it takes seconds. `script/bench bundle` does the same with all that Samvad is made of, from nothing.
"""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pip
import pytest

from tests.meta import ROOT

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHONPATH"))},
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_AUTHOR_NAME": "Tester",
    "GIT_AUTHOR_EMAIL": "tester@example.in",
    "GIT_COMMITTER_NAME": "Tester",
    "GIT_COMMITTER_EMAIL": "tester@example.in",
}
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "samvad"
version = "1"
"""
#: builds the project as an editable wheel that holds nothing but its name
BACKEND = """\
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "samvad-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("samvad-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: samvad\\nVersion: 1\\n")
        wheel.writestr("samvad-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("samvad-1.dist-info/RECORD", "")
    return name
"""


def cut_off() -> list[str]:
    """What a command is begun with so that it has no network; nothing where that is not permitted."""
    words = ["unshare", "--map-root-user", "--net"]
    unshare = shutil.which("unshare")
    permitted = unshare and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0
    return words if permitted else []


CUT_OFF = cut_off()


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """In a folder, without network; what it says on both channels in one."""
    return subprocess.run(
        [*CUT_OFF, *command],
        cwd=folder,
        env=ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def done(folder: Path, *command: str | Path, **environment: str) -> str:
    process = run(folder, *command, **environment)
    assert process.returncode == 0, process.stdout
    return process.stdout.strip()


def make_wheel(folder: Path, version: str) -> str:
    """A package `greeting` that knows its version; returns the digest."""
    file = folder / f"greeting-{version}-py3-none-any.whl"
    files = {
        "greeting.py": f"VERSION = {version!r}\n",
        f"greeting-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: greeting\nVersion: {version}\n",
        f"greeting-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{name},sha256={digest(text.encode())},{len(text)}" for name, text in files.items()]
    with zipfile.ZipFile(file, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr(f"greeting-{version}.dist-info/RECORD", "\n".join([*lines, ""]))
    return hashlib.sha256(file.read_bytes()).hexdigest()


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


class Workshop:
    """The machine with a network: a checkout in which versions are made, and a folder in which wheels are found."""

    def __init__(self, folder: Path) -> None:
        self.checkout, self.shelf = folder / "checkout", folder / "shelf"
        self.shelf.mkdir()
        shutil.copytree(ROOT / "script", self.checkout / "script", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / ".gitignore", self.checkout)
        (self.checkout / "pyproject.toml").write_text(PROJECT, "utf-8")
        (self.checkout / "backend.py").write_text(BACKEND, "utf-8")
        done(self.checkout, "git", "init", "--quiet", "--initial-branch", "main")
        (self.checkout / ".venv").symlink_to(sys.prefix)

    def bundle(self, version: str, target: Path) -> Path:
        """A commit with this version of the package, as a bundle."""
        lock = f"greeting=={version} \\\n    --hash=sha256:{make_wheel(self.shelf, version)}\n"
        (self.checkout / "requirements.lock").write_text(lock, "utf-8")
        done(self.checkout, "git", "add", "--all")
        done(self.checkout, "git", "commit", "--quiet", "--message", version)
        done(self.checkout, "script/bundle", target, PIP_FIND_LINKS=str(self.shelf), PIP_NO_INDEX="1")
        return target


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def make_venv(checkout: Path) -> None:
    """What `python3 -m venv` makes, without unpacking pip, which takes most of the time."""
    done(checkout, sys.executable, "-m", "venv", "--without-pip", ".venv")
    (packages,) = (checkout / ".venv").glob("lib/python*/site-packages")
    (packages / "pip").symlink_to(Path(pip.__file__).parent)


def installed(checkout: Path) -> str:
    return done(checkout, ".venv/bin/python", "-c", "import greeting; print(greeting.VERSION)")


def test_an_installation_without_network_is_made_upgraded_and_put_back(workshop: Workshop, tmp_path: Path) -> None:
    first = workshop.bundle("1.0", tmp_path / "first")
    second = workshop.bundle("2.0", tmp_path / "second")
    there = tmp_path / "srv"

    done(tmp_path, "git", "clone", "--quiet", first / "samvad.bundle", there)
    make_venv(there)
    done(there, "script/bootstrap", "--from", first)
    assert installed(there) == "1.0"
    began = done(there, "git", "rev-parse", "HEAD")

    # One that lacks a package fails half way: the commit is the new one then, the package is not.
    lacking = tmp_path / "lacking"
    shutil.copytree(second, lacking)
    (lacking / "wheels" / "greeting-2.0-py3-none-any.whl").unlink()
    sums = lacking / "SHA256SUMS"
    sums.write_text(re.sub(r".*\.whl\n", "", sums.read_text("utf-8")), "utf-8")
    failed = run(there, "script/upgrade", "--from", lacking)
    back = there / ".before-upgrade" / "go-back"
    assert failed.returncode != 0
    assert failed.stdout.index(f"this goes back:\n  {back}\n") < failed.stdout.index("The upgrade did not finish")
    assert done(there, "git", "rev-parse", "HEAD") != began
    assert f"First go back: {back}" in run(there, "script/upgrade", "--from", second).stdout
    for _ in range(2):
        done(there, back)
        assert done(there, "git", "rev-parse", "--abbrev-ref", "HEAD") == "main"
        assert (done(there, "git", "rev-parse", "HEAD"), installed(there)) == (began, "1.0")

    done(there, "script/upgrade", "--from", second)
    assert installed(there) == "2.0"
    done(there, back)
    assert (done(there, "git", "rev-parse", "HEAD"), installed(there)) == (began, "1.0")


def test_a_bundle_that_will_not_do_is_refused_before_anything_is_changed(workshop: Workshop, tmp_path: Path) -> None:
    bundle = workshop.bundle("1.0", tmp_path / "bundle")
    there = tmp_path / "srv"
    done(tmp_path, "git", "clone", "--quiet", bundle / "samvad.bundle", there)

    def refused(*command: str | Path) -> str:
        process = run(there, *command)
        assert process.returncode == 1
        assert not (there / ".before-upgrade").exists()
        assert not (there / ".venv").exists()
        return process.stdout

    assert "There is no folder" in refused("script/bootstrap", "--from", "nowhere")
    assert "no folder that script/bundle made" in refused("script/upgrade", "--from", there)
    assert "is there already" in run(workshop.checkout, "script/bundle", bundle).stdout
    (workshop.checkout / "backend.py").write_text("", "utf-8")
    assert "not committed" in run(workshop.checkout, "script/bundle", tmp_path / "other").stdout

    (there / "requirements.lock").write_text("", "utf-8")
    assert "of another version" in refused("script/bootstrap", "--from", bundle)
    with (bundle / "wheels" / "greeting-1.0-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"!")
    for script in ("script/bootstrap", "script/upgrade"):
        said = refused(script, "--from", bundle)
        assert "greeting-1.0-py3-none-any.whl: FAILED" in said
        assert "The bundle is damaged" in said
