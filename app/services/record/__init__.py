"""The record: what happened, in an order that nobody can change afterwards."""
