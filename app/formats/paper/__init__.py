"""Paper: HTML and templates to PDF, its fonts, and sheets stamped with what differs. For whoever may import formats."""
