"""Marks of answers and verdicts, and what they come to in a week."""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('response', sa.Column('mark', sa.LargeBinary(length=32), nullable=True))
    op.add_column('verdict', sa.Column('mark', sa.LargeBinary(length=32), nullable=True))
    op.add_column('arrival', sa.Column('is_sealed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        'seal_week',
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('answers', sa.Integer(), nullable=False),
        sa.Column('answers_product', sa.LargeBinary(length=384), nullable=False),
        sa.Column('verdicts', sa.Integer(), nullable=False),
        sa.Column('verdicts_product', sa.LargeBinary(length=384), nullable=False),
        sa.Column('mark', sa.LargeBinary(length=32), nullable=False),
        sa.Column('told_answers', sa.Integer(), nullable=False),
        sa.Column('told_verdicts', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('week', name=op.f('pk_seal_week')),
    )
    op.create_table(
        'unsealed',
        sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), 'postgresql'), nullable=False),
        sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint('response_id', 'sequence', name=op.f('pk_unsealed')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'seal_told',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('hour', sa.String(), nullable=True),
        sa.Column('week', sa.Date(), nullable=True),
        sa.Column('adopted_until', sa.Date(), nullable=True),
        sa.CheckConstraint('id = 1', name=op.f('ck_seal_told_single_row')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_told')),
    )
