"""Tables that people bring and take: CSV and XLSX. For whoever may import formats."""
