import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from app.config import Mode, Settings
from app.factory import create_app
from app.formats.paper import pages
from tests.fixtures.secrets import SECRETS
from tests.meta import ROOT, of_every, python_files, shown

SCREEN = sorted((ROOT / "templates").rglob("*.html"))
PAPER = sorted((ROOT / "printables").rglob("*.html"))
EVERY = of_every([*SCREEN, *PAPER])
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=| type=\"application/ld\+json\">)", re.I
)
ON_SCREEN = of_every(SCREEN)


def name_of(file: Path) -> str:
    """A template as render_template names it."""
    top = ROOT / ("templates" if file in SCREEN else "printables")
    return file.relative_to(top).as_posix()


@cache
def texts_of_users() -> dict[Path, str]:
    """All that may name a template, read once for all of them."""
    return {file: file.read_text("utf-8") for file in (*python_files("app"), *SCREEN, *PAPER)}


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """What pages are made by, once for all of them."""
    instance = tmp_path_factory.mktemp("instance")
    settings = Settings(Mode.TEST, instance, f"sqlite:///{instance / 'samvad.db'}", "http://localhost", SECRETS)
    return create_app(settings).jinja_env


@EVERY
def test_a_template_compiles(file: Path, screen: Environment) -> None:
    environment = screen if file in SCREEN else pages._environment("hi")
    try:
        environment.compile(file.read_text("utf-8"), name=name_of(file), filename=str(file))
    except TemplateSyntaxError as error:
        pytest.fail(f"{shown(file)}:{error.lineno}: {error.message}")


@EVERY
def test_a_template_is_used(file: Path) -> None:
    quoted = [f"{mark}{name_of(file)}{mark}" for mark in "'\""]
    assert any(name in text for user, text in texts_of_users().items() if user != file for name in quoted)


@EVERY
def test_what_a_template_imports_it_uses(file: Path, screen: Environment) -> None:
    tree = screen.parse(file.read_text("utf-8"))
    imported = {target for node in tree.find_all(nodes.Import) for target in [node.target]}
    for node in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in node.names}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported <= used


@EVERY
def test_what_a_template_names_is_there(file: Path) -> None:
    tops = ROOT / "templates", ROOT / "printables"
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for name in meta.find_referenced_templates(environment.parse(file.read_text("utf-8"))):
        assert name is None or any((top / name).is_file() for top in tops), name


@ON_SCREEN
def test_a_page_has_nothing_inline(file: Path) -> None:
    """The content security policy forbids it, and would do so silently; `page_style` gives what it knows.

    A block of data for search engines is no script to it.
    """
    assert INLINE.findall(file.read_text("utf-8")) == []


@EVERY
def test_nothing_is_let_through_unescaped(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape false" not in text
