"""How cells come to be: what is in one, how it is kept, and how it is counted from the answers. For figures, jobs and
commands.
"""
