"""Editions: when they are due, what stands in one, and how it is read. For figures and the layers above."""
