"""Visits or registered cases by place and quarter."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('case_count',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Date(), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.CheckConstraint('cases >= 0', name=op.f('ck_case_count_not_below_zero')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_case_count_place_id_place')),
    sa.PrimaryKeyConstraint('place_id', 'quarter', name=op.f('pk_case_count')),
    sqlite_with_rowid=False
    )
