"""Answers that come in by file, those that are alike, and the policies by which these are set aside. For the office
alone.
"""

from app.web.office.responses import copies, imports, policies

VIEWS = (copies, imports, policies)
