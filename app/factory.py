"""create_app: the application, put together in order."""

from pathlib import Path

from flask import Flask

from app.config import Settings
from app.extensions import db, migrate
from app.transaction import READ, prepare_engines
from app.web import register_web

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings) -> Flask:
    """The whole application for these settings."""
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.instance),
    )
    app.extensions["samvad.settings"] = settings
    register_database(app, settings)
    register_web(app, settings)
    return app


def register_database(app: Flask, settings: Settings) -> None:
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
