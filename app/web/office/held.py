"""Files of the office between two pages: kept for an hour, for whoever brought or made them."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from app.formats.tables.reading import MOST_BYTES, read_table
from app.services import held_files
from app.web.context import context, now
from app.web.office.guard import signed_in


class TableForm(FlaskForm):  # type: ignore[misc]
    """A table to be looked at before it changes anything."""

    file = FileField(
        validators=[FileRequired(_l("Please choose a file."))],
        description=_l(
            "An .xlsx file, or CSV saved as “CSV UTF-8”. You are shown what would change; before that nothing changes."
        ),
    )

    def __init__(self, label: str) -> None:
        super().__init__()
        self.file.label.text = label

    def hold(self) -> str:
        """The name under which the table is kept; a Problem for what is none."""
        with self.file.data.stream as stream:
            content = stream.read(MOST_BYTES + 1)
        read_table(content)
        return file_keeper()(content)


def file_keeper() -> Callable[[bytes], str]:
    """Keeps a finished file for whoever asked for it."""
    instance, owner, at = context().settings.instance, signed_in().id, now()
    return lambda content: held_files.store(instance, content, owner=owner, now=at)


def held_file(token: str) -> bytes:
    """Problem `file.gone` after an hour, or for anybody else."""
    return held_files.read(context().settings.instance, token, owner=signed_in().id, now=now())
