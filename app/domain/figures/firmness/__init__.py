"""How firm a figure is: what a crowd of answers leaves of it, how many would turn it. For pages and prints."""
