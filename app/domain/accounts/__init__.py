"""Accounts: who may do what, and how they sign in. For codes, devices, draws, figures, responses, simulation, slips and
the layers above.
"""
