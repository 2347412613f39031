"""What comes of polls and quizzes with dates, on their results day. For the job, and for pages that show it."""
