"""When each job last came to its end, and the clock as it was last believed."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'job_run',
        sa.Column('job', sa.String(), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('job', name=op.f('pk_job_run')),
    )
    op.create_table(
        'clock_note',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('believed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('believed_boot', sa.String(), nullable=False),
        sa.Column('believed_ran_ms', sa.BigInteger(), nullable=False),
        sa.Column('doubted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('doubted_boot', sa.String(), nullable=True),
        sa.Column('doubted_ran_ms', sa.BigInteger(), nullable=True),
        sa.CheckConstraint('id = 1', name=op.f('ck_clock_note_only_one')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_note')),
    )
