"""The emblem that a department prints."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('department', sa.Column('emblem', sa.LargeBinary(), nullable=True))
