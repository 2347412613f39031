"""Slips and invitations: batches of one-time codes, and the cases beside them. For dialogue, draws, simulation and the
layers above.
"""
