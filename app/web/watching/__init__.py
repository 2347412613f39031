"""What this server tells of itself to whoever watches the machine, on a port of its own. For the factory, gunicorn's
settings, views that take answers in, and whoever answers a failure.
"""

from app.web.watching.counts import note_receipts
from app.web.watching.requests import FAILURE, register_watching
from app.web.watching.serving import join_watching, take_watch_port

__all__ = ["FAILURE", "join_watching", "note_receipts", "register_watching", "take_watch_port"]
