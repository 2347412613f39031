"""A record that a test may bend."""

import pytest

from tests.factories.record.folder import RecordFolder, invented_record


@pytest.fixture
def record() -> RecordFolder:
    return invented_record()
