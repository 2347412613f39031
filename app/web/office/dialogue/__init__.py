"""What the department answers: written, approved and ended by staff. For `app/web` alone."""

from app.web.office.dialogue import commitment_drafts, commitment_ends, commitments

VIEWS = (commitments, commitment_drafts, commitment_ends)
