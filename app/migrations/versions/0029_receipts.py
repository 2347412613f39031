"""Confirmation numbers by the week in which they arrived, and the lists that were published of them."""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'receipt',
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.CheckConstraint('times > 0', name=op.f('ck_receipt_some')),
        sa.PrimaryKeyConstraint('week', 'number', name=op.f('pk_receipt')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'receipt_list',
        sa.Column('last_week', sa.Date(), nullable=False),
        sa.Column('first_week', sa.Date(), nullable=False),
        sa.Column('numbers', sa.Integer(), nullable=False),
        sa.Column('part_digits', sa.SmallInteger(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('last_week', name=op.f('pk_receipt_list')),
    )
