"""The installation: the department it belongs to, its keys, its backups. For codes, devices, dialogue, draws, figures,
responses, slips, surveys and the layers above.
"""
