"""The demonstration: an invented department, its accounts and its answers. For the command `samvad demo`."""
