"""Accounts in the office, and signing in. For the office alone."""

from flask import Blueprint

from app.web.office.accounts import accounts, assignment, own_account, second_factor, sign_in, totp


def register_accounts(office: Blueprint) -> None:
    subject = Blueprint("accounts", __name__)
    sign_in.add_routes(subject)
    second_factor.add_routes(subject)
    own_account.add_routes(subject)
    totp.add_routes(subject)
    accounts.add_routes(subject)
    assignment.add_routes(subject)
    office.register_blueprint(subject)
