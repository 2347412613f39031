"""What a body outside the police found by telephone, by place and quarter."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'call_check',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('quarter', sa.Date(), nullable=False),
        sa.Column('checked', sa.Integer(), nullable=False),
        sa.Column('unconfirmed', sa.Integer(), nullable=False),
        sa.Column('silent_asked', sa.Integer(), nullable=False),
        sa.Column('silent_good', sa.Integer(), nullable=False),
        sa.CheckConstraint(
            'unconfirmed >= 0 AND unconfirmed <= checked', name=op.f('ck_call_check_part_of_checked')
        ),
        sa.CheckConstraint(
            'silent_good >= 0 AND silent_good <= silent_asked', name=op.f('ck_call_check_part_of_asked')
        ),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_call_check_place_id_place')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call_check')),
    )
    op.create_index(op.f('ix_call_check_place_id_quarter'), 'call_check', ['place_id', 'quarter'], unique=True)
