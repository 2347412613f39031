"""Accounts: who may do what, and how they sign in. For codes, devices, dialogue, draws, figures, responses, simulation,
slips and the layers above.
"""
