"""What the department answers: written, approved and ended by staff. For `app/web` alone."""

VIEWS = ()
