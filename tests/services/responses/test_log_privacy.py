"""What a failing database may write into the log: the statement, and never somebody's answers."""

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.models import Department


@pytest.mark.both_databases
def test_a_failed_statement_does_not_tell_its_parameters(session: Session) -> None:
    session.connection().exec_driver_sql("DROP TABLE department")
    session.add(Department(id=1, name_hi="कोई न जाने", name_en="secret words", helplines="[]"))
    with pytest.raises(Exception, match="hide_parameters") as refusal, session.begin_nested():
        session.flush()
    assert "secret words" not in str(refusal.value)
    assert not isinstance(refusal.value, OperationalError) or refusal.value.hide_parameters
