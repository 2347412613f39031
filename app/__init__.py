"""Samvad: a police department asks citizens how it is doing, and both sides can believe the answer. For wsgi.py and
the command `samvad`.
"""
