"""The department as pages and prints name it."""

from sqlalchemy.orm import Session

from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName
from app.models import Department
from app.services.installation.department_queries import NOBODY, describe_department, emblem_of


def test_before_anything_is_set_up_the_service_names_itself(session: Session) -> None:
    assert describe_department(session) == NOBODY
    assert emblem_of(session) is None


def test_all_that_pages_say_of_it_is_there(session: Session) -> None:
    helplines = '[{"label_hi": "महिला", "label_en": "Women", "number": "1090"}, {"label_hi": "आग", "number": "101"}]'
    columns = {"helplines": helplines, "emblem": b"png"}
    session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True, **columns))
    session.flush()
    assert describe_department(session) == DepartmentView(
        BilingualName("नमूना पुलिस", "Sample Police"),
        demonstration=True,
        helplines=(Helpline(BilingualName("महिला", "Women"), "1090"), Helpline(BilingualName("आग", None), "101")),
    )
    assert emblem_of(session) == b"png"
