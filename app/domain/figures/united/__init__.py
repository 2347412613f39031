"""Shares put together from what is told of single answers or groups. For figures and the layers above."""
