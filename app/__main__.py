"""The console script `samvad`: above what makes an application, so that commands need not know how."""

from flask import Flask
from flask.cli import ScriptInfo

from app.base import create_base
from app.cli import commands
from app.config import Settings


def main() -> None:
    commands(obj=ScriptInfo(create_app=_create))


def _create() -> Flask:
    return create_base(Settings.from_env())


if __name__ == "__main__":
    main()
