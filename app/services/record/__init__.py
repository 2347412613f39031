"""The record: what happened, in an order that nobody can change afterwards. For accounts, codes, devices, dialogue,
draws, figures, installation, places, responses, slips, surveys and the layers above.
"""
