"""Slips and invitations in the office. For the office alone."""

from app.web.office.slips import case_imports, files, making, register, slip_batches

VIEWS = (slip_batches, register, case_imports, making, files)
