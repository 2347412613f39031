"""What the department answers, as everybody reads it. For citizens' pages alone."""

from app.web.public.dialogue import changes, commitments, post_files, posts

VIEWS = (commitments, posts, post_files, changes)
