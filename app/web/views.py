"""Where views stand: each says its address beside itself, and its folder is a blueprint that takes it from there.

A subject is a folder and a blueprint of its own, so that an endpoint says where its view stands:
`office.places.move` is `move` in one of the files of `office/places/`.
"""

from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import TypeVar

from flask import Blueprint
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

_RULES = "samvad_rules"


def at(rule: str, *methods: str, **given: str) -> Callable[[View], View]:
    """Declare the address of a view, and its methods unless it is only read; `given` is what the address stands for.

    Of several addresses the first one is linked to.
    """

    def mark(view: View) -> View:
        setattr(view, _RULES, [(rule, methods or ("GET",), given), *getattr(view, _RULES, ())])
        return view

    return mark


def add_views(blueprint: Blueprint, file: ModuleType) -> None:
    """The views of a file, in the order in which they stand there."""
    for view in vars(file).values():
        if isinstance(view, FunctionType) and view.__module__ == file.__name__:
            for rule, methods, given in getattr(view, _RULES, ()):
                blueprint.add_url_rule(rule, view_func=view, methods=methods, defaults=given)


def add_subjects(readers: Blueprint, folders: tuple[ModuleType, ...]) -> None:
    """A blueprint for each folder, called as the folder, with the `VIEWS` that it names."""
    for folder in folders:
        subject = Blueprint(folder.__name__.rpartition(".")[2], folder.__name__)
        for file in folder.VIEWS:
            add_views(subject, file)
        readers.register_blueprint(subject)
