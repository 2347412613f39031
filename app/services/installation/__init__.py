"""The installation: the department it belongs to, its keys, its backups. For codes, devices, draws, figures, responses,
slips, surveys and the layers above.
"""
