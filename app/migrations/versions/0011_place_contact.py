"""Where letters to a place go, and the number at which it is called."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ('contact_hi', 'contact_en', 'contact_phone'):
        op.add_column('place', sa.Column(name, sa.String(), nullable=True))
