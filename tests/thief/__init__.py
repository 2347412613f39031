"""A thief who has a copy of the database and wants to know in which order answers came, and what came with them.

Shared by the tests of the nightly shuffle and by its benchmark.
"""
