"""JSON for programs: the outbox of phones and tablets, and the description of it. For `app/web` alone."""

from flask import Blueprint, Flask

from app.web.api import counter_screens, devices, openapi, recordings, responses, surveys
from app.web.security import refuse_foreign_origin
from app.web.views import add_views


def register_api(app: Flask) -> None:
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    api.before_request(refuse_foreign_origin)
    for file in (responses, surveys, recordings, devices, counter_screens, openapi):
        add_views(api, file)
    app.register_blueprint(api)
