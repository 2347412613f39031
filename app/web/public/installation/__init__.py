"""The product about itself. For citizens' pages alone."""

from app.web.public.installation import about, emblem

VIEWS = (about, emblem)
