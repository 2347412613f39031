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
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_BINDS={READ: settings.database_url},
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "app" / "migrations"))
    with app.app_context():
        prepare_engines()
