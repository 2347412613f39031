"""Quiet periods decided, described and kept to. For installation and the layers above."""
