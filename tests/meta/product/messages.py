"""Every sentence that people read, found in the code and the templates. Run it to see what lacks Hindi:

.venv/bin/python -m tests.meta.product.messages
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po

from tests.meta import ROOT, python_files, shown

HINDI = ROOT / "app" / "translations" / "hi" / "LC_MESSAGES" / "messages.po"

# Which arguments of a call are sentences, by the name that is called. A plural is known by its singular.
MARKERS: dict[str, tuple[int, ...]] = {
    "_": (0,),
    "gettext": (0,),
    "lazy_gettext": (0,),
    "_l": (0,),
    "N_": (0,),
    "ngettext": (0,),
    "lazy_ngettext": (0,),
    "ProblemType": (2,),
    "_type": (1,),
    "Sentence": (0,),
}
# On paper two languages may stand on one sheet, and a template says which one speaks.
TEMPLATE_KEYWORDS = {**DEFAULT_KEYWORDS, "hindi": None, "english": None}
PLACEHOLDER = re.compile(r"%(?:\(\w+\)[sd]|%)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence and where it stands."""

    text: str
    file: str
    line: int


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every marked sentence of the product."""
    found = [sentence for file in python_files("app") for sentence in sentences_in_python(file)]
    templates = [*sorted((ROOT / "templates").rglob("*.html")), *sorted((ROOT / "printables").rglob("*.html"))]
    return (*found, *(sentence for file in templates for sentence in sentences_in_template(file)))


def sentences_in_python(file: Path) -> Iterator[Sentence]:
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for position in MARKERS.get(called_name(node.func), ()):
                for text in constant_texts(node.args[position : position + 1]):
                    yield Sentence(text.value, shown(file), text.lineno)
    if "msgids" in (ast.get_docstring(tree) or ""):
        # A module of sentences: its constants are marked by what its docstring says.
        values = (node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value)
        for text in constant_texts(values):
            if " " in text.value:
                yield Sentence(text.value, shown(file), text.lineno)


def called_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def constant_texts(nodes: Iterable[ast.expr]) -> Iterator[ast.Constant]:
    """The texts among these expressions, in the values of dicts and the branches of conditions too."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        elif isinstance(node, ast.Dict):
            yield from constant_texts(node.values)
        elif isinstance(node, ast.IfExp):
            yield from constant_texts([node.body, node.orelse])
        elif isinstance(node, ast.Tuple | ast.List):
            yield from constant_texts(node.elts)


def sentences_in_template(file: Path) -> Iterator[Sentence]:
    options = {"trimmed": "true", "silent": "false"}
    extracted = extract_from_file("jinja2.ext:babel_extract", file, keywords=TEMPLATE_KEYWORDS, options=options)
    for line, found, _comments, _context in extracted:
        for text in (found,) if isinstance(found, str) else found[:1]:
            if text:
                yield Sentence(text, shown(file), line)


def hindi() -> Catalog:
    with HINDI.open("rb") as file:
        return read_po(file, locale="hi")


def translation_of(catalog: Catalog, text: str) -> str:
    """The Hindi of a sentence; empty if there is none, or only a doubtful one."""
    message: Message | None = catalog.get(text)
    if message is None or message.fuzzy or not message.string:
        return ""
    return message.string if isinstance(message.string, str) else "".join(message.string)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"}


if __name__ == "__main__":
    catalog = hindi() if HINDI.exists() else Catalog("hi")
    for sentence in sentences():
        if not translation_of(catalog, sentence.text):
            sys.stdout.write(f"{sentence.file}:{sentence.line}: {sentence.text}\n")
