"""Devices in the office. For the office alone."""

from app.web.office.devices import devices

VIEWS = (devices,)
