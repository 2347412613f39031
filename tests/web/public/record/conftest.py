"""A department whose results are public and stand in its record."""

import pytest
from flask import Flask

from app.config import Settings
from app.jobs.record.keeping import keep_record
from tests.web.public.figures.conftest import MONDAY, Department_, department, reader

__all__ = ["department", "reader"]


@pytest.fixture
def recorded(app: Flask, department: Department_, settings: Settings) -> Department_:
    keep_record(settings, MONDAY)
    return department
