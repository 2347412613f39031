"""Use cases that join several services: each decides where a transaction begins and ends. For views and commands."""
