"""What the department answers: promises and posts, and what is so of them. For the layers above."""
