"""What comes from outside, looked at before any view sees it. For `app/web` alone."""

from flask import Flask

from app.web.boundary.hosts import register_hosts
from app.web.boundary.text import register_text


def register_boundary(app: Flask) -> None:
    register_text(app)
    register_hosts(app)
