"""Places in the office. For the office alone."""

from app.web.office.places import changes, imports, places

VIEWS = (places, changes, imports)
