"""The installation: the department it belongs to, its keys, its backups."""
