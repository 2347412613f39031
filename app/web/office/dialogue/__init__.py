"""What the department answers: written, approved and ended by staff. For `app/web` alone."""

from app.web.office.dialogue import (
    approvals,
    commitment_drafts,
    commitment_ends,
    commitments,
    post_decisions,
    post_writing,
    posts,
)

VIEWS = (approvals, commitments, commitment_drafts, commitment_ends, posts, post_writing, post_decisions)
