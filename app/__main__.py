"""The console script `samvad`: above the factory, so that commands need not know how to make an application."""

from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from app.config import Settings
from app.factory import create_app


def main() -> None:
    commands(obj=ScriptInfo(create_app=_create))


def _create() -> Flask:
    return create_app(Settings.from_env())


if __name__ == "__main__":
    main()
