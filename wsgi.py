"""What a WSGI server loads."""

import gc
import sys

from app.config import Settings, SettingsError
from app.domain.problem import Problem
from app.factory import create_app
from app.services.installation.failures import sentence_of
from app.services.installation.start_checks import require_ready


def _refuse(why: str) -> None:
    sys.stderr.write(f"Samvad cannot start: {why}\n")
    # gunicorn starts a worker again and again unless it ends with this status.
    sys.exit(3)


try:
    settings = Settings.from_env()
    require_ready(settings.database_url, settings.secrets)
    app = create_app(settings)
except SettingsError as error:
    _refuse(str(error))
except Problem as problem:
    _refuse(problem.sentence())
except Exception as error:
    _refuse(sentence_of(error))

# What has been loaded stays for good: the collector need not look at it again for every thousand new objects.
gc.freeze()
