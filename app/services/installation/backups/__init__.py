"""Backups: saved, sent, kept for a time, and put back. For what runs the installation and the layers above."""
