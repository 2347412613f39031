"""Tables that people bring and take: CSV and XLSX."""
