"""Text from outside: no view, and no library behind one, ever meets a letter that is none.

PostgreSQL refuses NUL, SQLite and files half of a surrogate pair, and none of the other controls can be seen by whoever
reads them later. What was typed or posted loses them and is judged by what is left; an address that holds one leads to
no page, since no link of ours has any.
"""

from flask import Flask, Request, abort
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property

from app.domain.free_text import without_controls

#: fields of one form; the largest of ours asks for a number at each of a hundred and twenty stations
MOST_FIELDS = 2_000


class CleanRequest(Request):
    """A request whose arguments, fields and names of files hold nothing but text."""

    max_form_parts = MOST_FIELDS

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        if sum(map(len, self.form.listvalues())) > MOST_FIELDS:
            raise RequestEntityTooLarge
        self.__dict__["form"] = _cleaned(self.form)
        for _, file in self.files.items(multi=True):
            file.filename = without_controls(file.filename or "")


def register_text(app: Flask) -> None:
    app.request_class = CleanRequest
    app.url_value_preprocessor(_refuse_controls)


def _refuse_controls(_endpoint: str | None, values: dict[str, object] | None) -> None:
    if any(isinstance(value, str) and value != without_controls(value) for value in (values or {}).values()):
        abort(404)


def _cleaned(fields: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict(
        (without_controls(name), without_controls(value)) for name, value in fields.items(multi=True)
    )
