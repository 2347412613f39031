"""What a test does to an installation, and what is found of it."""

from app.services.installation.watching.defects import Defect, Subject
from app.services.installation.watching.examination import connected


def codes(found: list[Defect]) -> list[str]:
    return [defect.code for defect in found]


def change(subject: Subject, *statements: str) -> None:
    with connected(subject.database_url) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()
