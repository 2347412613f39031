"""Refusals of interviews, by device and week."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('refusal_count',
    sa.Column('device_id', sa.BigInteger(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('refusals', sa.Integer(), nullable=False),
    sa.CheckConstraint('refusals > 0', name=op.f('ck_refusal_count_some')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_refusal_count_device_id_device')),
    sa.PrimaryKeyConstraint('device_id', 'week', name=op.f('pk_refusal_count')),
    sqlite_with_rowid=False
    )
