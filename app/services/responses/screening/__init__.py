"""Screening: what is found about answers that are like others, and what is set aside for it.

Likeness alone sets aside. How much of it there is is found twice: while the minute of arrival is known (`arrived`), and
over ten weeks before an answer enters a block (`settled`). Both are kept as facts (`findings`). For the worker alone.
"""
