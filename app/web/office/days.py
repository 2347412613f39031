"""Days that are typed in the office."""

from datetime import date

from flask_babel import gettext as _
from wtforms import DateField

from app.domain.weeks import within_calendar


class DayField(DateField):  # type: ignore[misc]
    """A day that can be computed with. A year of 1 or 9999 is a slip of the pen, and is said to be one."""

    data: date

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data != within_calendar(self.data):
            self.data = None  # type: ignore[assignment]
            raise ValueError(_("Please look at the year."))
