"""Accounts: who may do what, and how they sign in. For codes, devices, dialogue, draws, figures, responses, slips,
surveys and the layers above.
"""
