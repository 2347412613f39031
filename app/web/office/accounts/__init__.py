"""Accounts in the office, and signing in. For the office alone."""

from app.web.office.accounts import accounts, assignment, own_account, second_factor, sign_in, totp

VIEWS = (sign_in, second_factor, own_account, totp, accounts, assignment)
