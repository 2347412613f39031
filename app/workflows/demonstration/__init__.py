"""The demonstration: an invented department, its accounts and its answers. `demonstration.py` makes it whole."""
