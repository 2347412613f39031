"""Draws: lists of cases that are closed before a seed is known, and who is drawn from them. For dialogue, simulation
and the layers above.
"""
