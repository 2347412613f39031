"""What the department answers: promises and posts, kept and read. For the layers above."""
