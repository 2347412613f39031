"""The page behind a code, on which citizens answer. For citizens' pages alone."""

from app.web.public.responses import code_page, later_part, receipt_lists, receipt_proofs

VIEWS = (code_page, later_part, receipt_lists, receipt_proofs)
