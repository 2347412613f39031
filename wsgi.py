"""What a WSGI server loads."""

import sys

from app.config import Settings, SettingsError
from app.factory import create_app

try:
    app = create_app(Settings.from_env())
except SettingsError as error:
    # One sentence for whoever starts it, not the path that the program took to find out.
    sys.exit(str(error))
