"""Taking from stored answers, night by night, the order in which they came and what came with them.

A row that was inserted keeps, apart from its columns, where it lies in its page and which transaction wrote it. Of
answers that arrived since the last run, and of enough others of the same weeks, all rows are deleted and inserted
again in random order, so that both tell of the night and of nothing before it. For the nightly job alone.
"""
