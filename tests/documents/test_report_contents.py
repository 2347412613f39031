"""The list of what a file of many reports holds."""

import csv
import io

from app.documents.report_contents import ContentsLine, write_report_contents
from app.domain.places.place import BilingualName


def test_every_place_has_its_line_also_without_results() -> None:
    table = write_report_contents(
        [
            ContentsLine(1, "S-1", BilingualName("थाना एक", "One"), {"hi": 2, "en": 1}),
            ContentsLine(2, "=1+1", BilingualName("थाना दो", None), {}),
        ]
    )
    assert list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")))) == [
        {"number": "1", "code": "S-1", "name_hi": "थाना एक", "name_en": "One", "pages_hi": "2", "pages_en": "1"},
        {
            "number": "2",
            "code": "'=1+1",
            "name_hi": "थाना दो",
            "name_en": "",
            "pages_hi": "no results",
            "pages_en": "no results",
        },
    ]
