"""What gunicorn reads by itself from the folder it is started in; its command line overrides it."""

from app.web.boundary.slow_bodies import begin_request, end_request
from app.web.watching import join_watching, take_watch_port

# Before the workers fork: they share the secret that limits are keyed by, and a start that is refused says so in
# one sentence and nothing after it, instead of once a worker among the lines of a server that shuts down.
preload_app = True

# A request that arrives slowly holds a thread for a while only, and all of them never more than half of the threads.
pre_request = begin_request
post_request = end_request

# Lines of JSON that hold neither path nor address, and no access log.
logger_class = "app.formats.watching.server_log.ServerLog"


def on_starting(server):
    """Take the port for whoever watches, which all processes share."""
    take_watch_port(server.app.wsgi())


def post_fork(server, worker):
    """Answer at it, and count in a row of its own."""
    join_watching(server.app.wsgi(), worker.age)
