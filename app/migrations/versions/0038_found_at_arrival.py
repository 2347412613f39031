"""What lies in an answer at arrival is kept as a finding, how many answers the record was told of, and indexes for it.

What headquarters chose under policy 6 holds under 7.
"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

#: by which whoever enters something in the record finds what is new
_ASKED_EVERY_MINUTE = (
    ('placement', 'issued_on'),
    ('case_list', 'closed_on'),
    ('draw', 'drawn_on'),
    ('call_check', 'quarter'),
)
_SMALL_PARTS = (
    ('placement', 'retired', 'retired_at', 'retired_at IS NOT NULL'),
    ('placement', 'compromised', 'compromised_on', 'compromised_on IS NOT NULL'),
    ('edition', 'correction', 'id', 'number > 1'),
)
_CHOSEN = """
INSERT INTO screening_policy (number, since, fewest_alike, fewest_written_alike, least_tail, reason,
    proposed_by, proposed_on, confirmed_by, confirmed_on)
SELECT number + 100, since, fewest_alike, fewest_written_alike, least_tail, reason,
    proposed_by, proposed_on, confirmed_by, confirmed_on
FROM screening_policy WHERE number BETWEEN 601 AND 699 ORDER BY number
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint(op.f('ck_finding_known_rule'), 'finding', type_='check')
    else:
        _copy_finding()
    op.execute(_CHOSEN)
    op.add_column('seal_told', sa.Column('answers', sa.Integer(), server_default='0', nullable=False))
    for table, column in _ASKED_EVERY_MINUTE:
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])
    for table, name, column, condition in _SMALL_PARTS:
        where = sa.text(condition)
        op.create_index(f'ix_{table}_{name}', table, [column], sqlite_where=where, postgresql_where=where)


def _copy_finding() -> None:
    """SQLite takes a condition off a table by copying it. In the order of the keys, which are random."""
    op.rename_table('finding', 'finding_before')
    op.create_table(
        'finding',
        sa.Column('response_id', sa.LargeBinary(16), nullable=False),
        sa.Column('rule', sa.String(), nullable=False),
        sa.Column('alike', sa.Integer(), nullable=False),
        sa.Column('expected_tenths', sa.Integer(), nullable=False),
        sa.Column('tail', sa.SmallInteger(), nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_finding_response_id_response')),
        sa.PrimaryKeyConstraint('response_id', 'rule', name=op.f('pk_finding')),
        sqlite_with_rowid=False,
    )
    op.execute('INSERT INTO finding SELECT * FROM finding_before ORDER BY response_id, rule')
    op.drop_table('finding_before')
