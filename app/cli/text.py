"""What is typed after a command, before any of it reaches a database."""

import click

from app.domain.free_text import without_controls

#: of a name, a code or a short word
LONGEST = 400
#: a number of a batch, a pack or a key, as no column has room for a greater one
NUMBER = click.IntRange(0, 2**31 - 1)


class PlainText(click.ParamType[str]):
    """A text that can be kept: an argument of a shell may hold bytes that are no letters."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value != without_controls(value):
            self.fail("holds bytes that are no letters.", param, ctx)
        if len(value) > LONGEST:
            self.fail(f"is longer than {LONGEST} letters.", param, ctx)
        return value


TEXT = PlainText()
