"""Which language an account reads the office in."""

from sqlalchemy.orm import Session

from app.models import Account


def choose_language(session: Session, account_id: int, language: str) -> None:
    session.get_one(Account, account_id).language = language
