"""The use cases: a session and plain values in, domain values out. Nothing here commits. For workflows, jobs, views
and commands.
"""
