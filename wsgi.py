"""What a WSGI server loads."""

import gc
import sys

from app.config import Settings, SettingsError
from app.factory import create_app

try:
    app = create_app(Settings.from_env())
except SettingsError as error:
    sys.stderr.write(f"Samvad cannot start: {error}\n")
    # gunicorn starts a worker again and again unless it ends with this status.
    sys.exit(3)

# What has been loaded stays for good: the collector need not look at it again for every thousand new objects.
gc.freeze()
