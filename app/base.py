"""create_base: the application without its pages, as commands and jobs need it. For the factory and the command."""

from pathlib import Path

from flask import Flask

from app.config import Settings
from app.extensions import db, migrate
from app.transaction import READ, prepare_engines

ROOT = Path(__file__).resolve().parent.parent


def create_base(settings: Settings) -> Flask:
    """An application with these settings and their database."""
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.instance),
    )
    app.extensions["samvad.settings"] = settings
    _register_database(app, settings)
    return app


def _register_database(app: Flask, settings: Settings) -> None:
    # A failed statement is logged, and its parameters are somebody's answers.
    options: dict[str, object] = {"hide_parameters": True}
    reading = dict(options)
    if settings.database_url.startswith("postgresql"):
        # A connection that a restart cut is found out before a citizen's form is lost on it.
        options["pool_pre_ping"] = reading["pool_pre_ping"] = True
        # A page is made of several reads, and they must show one state. SQLite does so by itself.
        reading["isolation_level"] = "REPEATABLE READ"
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=options,
        SQLALCHEMY_BINDS={READ: {"url": settings.database_url, **reading}},
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "app" / "migrations"))
    with app.app_context():
        prepare_engines()
