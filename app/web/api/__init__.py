"""JSON for programs: the outbox of phones and tablets, and the description of it. For `app/web` alone."""

from flask import Blueprint, Flask

from app.web.api import counter_screens, devices, openapi, recordings, responses, surveys
from app.web.origin import refuse_foreign_origin


def register_api(app: Flask) -> None:
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    api.before_request(refuse_foreign_origin)
    responses.add_routes(api)
    surveys.add_routes(api)
    recordings.add_routes(api)
    devices.add_routes(api)
    counter_screens.add_routes(api)
    openapi.add_routes(api)
    app.register_blueprint(api)
