"""How a command ends that cannot do what it was asked: one sentence, no traceback, exit status 1."""

import click

from app.config import SettingsError
from app.domain.problem import Problem


class ProblemGroup(click.Group):
    """A group whose commands may raise Problem and SettingsError."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        except Problem as problem:
            raise click.ClickException("\n".join(map(sentence, (problem, *problem.parts)))) from problem


def sentence(problem: Problem) -> str:
    """What is wrong, and the code by which a script can tell."""
    return f"{problem.sentence()} [{problem.code}]"
