"""The audit chain in the office. For the office alone."""

from app.web.office.record import audit

VIEWS = (audit,)
