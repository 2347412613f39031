"""What witnesses outside the department signed of the record."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'record_cosignature',
        sa.Column('size', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('line', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['size'], ['record_checkpoint.size'], name=op.f('fk_record_cosignature_size_record_checkpoint')
        ),
        sa.PrimaryKeyConstraint('size', 'name', name=op.f('pk_record_cosignature')),
    )
