"""The code on a printed report, and the proof beside it, for programs."""

from flask import Flask

from app.config import Settings
from app.formats.record.report_codes import read
from app.models import Edition
from app.services.record.report_codes import Standing, check_report, report_mark, report_proof
from app.transaction import reading
from tests.factories.record.department import RecordedDepartment, monday


def test_a_code_is_made_once_everybody_can_see_the_entry(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    department.publish(0)
    department.live(1)
    department.keep(monday(1, hour=10, minute=30))
    with reading() as session:
        new = session.query(Edition).filter_by(due_on=monday(1).date(), place_id=department.district).one().digest
        before = monday(1, hour=10, minute=59, second=59)
        assert report_mark(session, new, "https://example.in", before) is report_proof(session, new, before) is None
        mark = report_mark(session, new, "https://example.in", monday(1))
        assert mark is not None
        assert mark.address.startswith("HTTPS://EXAMPLE.IN/R/Q/")
        code = read(mark.address.rpartition("/")[2])
        assert code.figures.hex() == new
        assert check_report(session, code, monday(1)).standing is Standing.UNCHANGED
        assert report_mark(session, None, "https://example.in", monday(1)) is None
