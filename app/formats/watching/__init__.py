"""How a running server tells of itself: shared counts, Prometheus' text, lines of JSON, a port on loopback.

For the web and the commands.
"""
