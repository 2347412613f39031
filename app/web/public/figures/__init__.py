"""Results as anybody reads them: editions, and which of them are public. For citizens' pages alone."""

from app.web.public.figures import files, method, results, sitemap, trends

VIEWS = (results, trends, files, method, sitemap)
