"""The rules. Standard library only; pure functions over frozen values; time is an argument. For every layer."""
