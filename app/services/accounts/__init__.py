"""Accounts: who may do what, and how they sign in."""
