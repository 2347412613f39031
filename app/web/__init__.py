"""Everything that speaks HTTP: citizens (public), staff (office), programs (api). For the factory alone."""

from flask import Flask

from app.config import Settings
from app.web.api import register_api
from app.web.boundary import register_boundary
from app.web.components import register_components
from app.web.compression import register_compression
from app.web.context import register_context
from app.web.department import register_department
from app.web.errors import register_errors
from app.web.languages import register_languages
from app.web.limits import register_limits
from app.web.office import register_office
from app.web.public import register_public
from app.web.row_ids import register_row_ids
from app.web.security import register_security
from app.web.static import register_static
from app.web.watching import register_watching


def register_web(app: Flask, settings: Settings) -> None:
    register_row_ids(app)
    register_boundary(app)
    register_context(app, settings)
    register_security(app, settings)
    register_compression(app)
    register_languages(app)
    register_limits(app)
    register_department(app)
    register_static(app)
    register_errors(app)
    register_public(app)
    register_api(app)
    register_office(app)
    register_components(app)
    register_watching(app)
