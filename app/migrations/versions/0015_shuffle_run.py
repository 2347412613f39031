"""How far the nightly shuffle has come, which takes from the rows of answers the order in which they arrived."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shuffle_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('arrived_until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_shuffle_run_single_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shuffle_run'))
    )
