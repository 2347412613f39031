"""Results as anybody reads them: editions, and which of them are public. For citizens' pages alone."""

from app.web.public.figures import calendar, data, feeds, files, method, results, sitemap, trends

VIEWS = (results, data, feeds, calendar, trends, files, method, sitemap)
