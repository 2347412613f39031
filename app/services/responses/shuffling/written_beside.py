"""Which tables could tell of an answer by where their rows lie or by which transaction wrote them: the one list.

A test sends answers in every way there is and looks for tables that were written to and stand in no part of this
list, and for tables that name a response. Whoever adds one adds it here.
"""

from sqlalchemy import Column, Table

from app.models import Base

#: written with a response or about one, and rewritten with it; whatever refers to another stands after it
OF_A_RESPONSE = ("response", "verdict", "finding", "release_member", "conflicting_copy")
#: cells by place and week: of one that holds a single answer, the last change is that answer
OF_A_WEEK = ("tally", "reason_cell", "waiting_cell")
#: small or short-lived, and rewritten as a whole: their rows tell neither answer nor day, so nobody could choose some
AS_A_WHOLE = ("conflicting_copy", "sequence_run", "refusal_count", "code_slot")
#: what is used up with an answer and lasts: as a whole while it is small, then batch by batch
SLIPS = "redemption"
#: numbers that came with answers and last: those of the weeks in which answers arrived, all together
NUMBERS = "receipt"
#: emptied by other jobs within 72 hours
SHORT_LIVED = ("arrival", "tally_mark", "unsealed")
#: rows that a transaction of an answer locks but does not change: the lock names it (on PostgreSQL, in `xmax`), until
#: the rows that refer to them are rewritten and lock them anew
LOCKED = ("place", "placement", "survey_version", "serial", "device")
#: of whose earlier state each hour's could be divided by the one before, which would tell what came in that hour
SEALS = "seal_week"
#: whose deleted rows must leave no bytes
SWEPT = tuple(dict.fromkeys((*OF_A_RESPONSE, *OF_A_WEEK, *AS_A_WHOLE, SLIPS, NUMBERS, *SHORT_LIVED, SEALS)))


def table(name: str) -> Table:
    return Base.metadata.tables[name]


def keys(of: Table) -> list[Column[object]]:
    """The columns of its primary key, in the order in which rows lie on SQLite."""
    return list(of.primary_key.columns)


def id_column(name: str) -> Column[object]:
    """The column by which a table of `OF_A_RESPONSE` names the response."""
    return table(name).c["id" if name == "response" else "response_id"]
