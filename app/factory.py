"""create_app: the application, put together in order."""

from flask import Flask

from app.base import create_base
from app.config import Settings
from app.web import register_web


def create_app(settings: Settings) -> Flask:
    """The whole application for these settings."""
    app = create_base(settings)
    register_web(app, settings)
    return app
