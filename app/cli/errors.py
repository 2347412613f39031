"""How a command ends that cannot do what it was asked: one sentence, no traceback, exit status 1."""

import errno

import click

from app.config import SettingsError
from app.domain.problem import Problem
from app.services.installation.failures import sentence_of


class ProblemGroup(click.Group):
    """A group whose commands may raise anything: whoever runs them reads what it means for them."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        except Problem as problem:
            raise click.ClickException("\n".join(map(sentence, (problem, *problem.parts)))) from problem
        except Exception as error:  # what a disk, a database or a file can do has no end
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                # Whoever read what was said has gone, as `head` does: click ends quietly.
                raise
            raise click.ClickException(sentence_of(error)) from error


def sentence(problem: Problem) -> str:
    """What is wrong, and the code by which a script can tell."""
    return f"{problem.sentence()} [{problem.code}]"
