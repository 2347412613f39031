"""Commands that are read when they are named: most need a second of libraries that the others do not."""

from collections import UserDict
from collections.abc import Iterator, Mapping
from importlib import import_module

import click


class CommandsOnDemand(UserDict[str, click.Command]):
    """Commands by name, each from the module that has it."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        super().__init__()
        self._modules = modules

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(self._modules[name]), name)
        return command
