"""Which editions were made in a quiet period that held them."""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'edition_hold',
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_hold_edition_id_edition')),
        sa.PrimaryKeyConstraint('edition_id', name=op.f('pk_edition_hold')),
    )
