"""The sync API keeps what its description promises, whatever is sent."""

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from app.transaction import transaction
from tests.factories import add_place, add_placement, add_survey

EXCLUDED = {True: ("negative_data_rejection",), False: ("positive_data_acceptance",)}


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [
        ("/api/v1/responses", "POST", GenerationMode.POSITIVE),
        ("/api/v1/responses", "POST", GenerationMode.NEGATIVE),
        ("/api/v1/devices", "POST", GenerationMode.POSITIVE),
        ("/api/v1/devices", "POST", GenerationMode.NEGATIVE),
        ("/api/v1/devices/status", "POST", GenerationMode.POSITIVE),
        ("/api/v1/devices/status", "POST", GenerationMode.NEGATIVE),
        ("/api/v1/screens", "POST", GenerationMode.POSITIVE),
        ("/api/v1/screens", "POST", GenerationMode.NEGATIVE),
        ("/api/v1/screens/pad", "POST", GenerationMode.POSITIVE),
        ("/api/v1/screens/pad", "POST", GenerationMode.NEGATIVE),
        ("/api/v1/openapi.json", "GET", GenerationMode.POSITIVE),
        ("/api/v1/surveys/{version_id}", "GET", GenerationMode.POSITIVE),
        ("/api/v1/surveys/{version_id}", "GET", GenerationMode.NEGATIVE),
        ("/api/v1/surveys/{version_id}/audio/{name}", "GET", GenerationMode.POSITIVE),
    ],
)
def test_every_answer_fits_the_description(app: Flask, path: str, method: str, mode: GenerationMode) -> None:
    with transaction() as session:
        add_placement(session, add_place(session), add_survey(session))
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path][method]

    @given(data=st.data())
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def send(data: st.DataObject) -> None:
        # One bad response is refused in its own receipt, under status 200, so that it leaves the others alone. And
        # no code and no key that was made up fits a device, however well it is formed.
        data.draw(operation.as_strategy(generation_mode=mode)).call_and_validate(
            # The client does not unpack what the server compresses.
            headers={"Accept-Encoding": "identity"},
            excluded_checks=[schemathesis.checks.CHECKS.get_one(name) for name in EXCLUDED[path.endswith("responses")]],
        )

    send()


def test_the_description_names_its_version(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/api/v1/devices",
        "/api/v1/devices/status",
        "/api/v1/openapi.json",
        "/api/v1/responses",
        "/api/v1/screens",
        "/api/v1/screens/pad",
        "/api/v1/surveys/{version_id}",
        "/api/v1/surveys/{version_id}/audio/{name}",
    }
