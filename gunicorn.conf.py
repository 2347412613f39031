"""What gunicorn reads by itself from the folder it is started in; its command line overrides it."""

# Before the workers fork: they share the secret that limits are keyed by, and a start that is refused says so in
# one sentence and nothing after it, instead of once a worker among the lines of a server that shuts down.
preload_app = True
