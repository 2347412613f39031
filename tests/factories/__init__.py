"""Rows for tests: each function adds what it names, with whatever the test does not care about filled in."""

from tests.factories.codes.placements import add_placement
from tests.factories.codes.screens import RegisteredScreen, enrolled_screen, register_screen
from tests.factories.devices.devices import Tablet, add_device
from tests.factories.places.places import add_place
from tests.factories.responses.responses import add_responses
from tests.factories.slips.serials import add_serials
from tests.factories.surveys.surveys import VISIT, add_survey, definition, question

__all__ = [
    "VISIT",
    "RegisteredScreen",
    "Tablet",
    "add_device",
    "add_place",
    "add_placement",
    "add_responses",
    "add_serials",
    "add_survey",
    "definition",
    "enrolled_screen",
    "question",
    "register_screen",
]
