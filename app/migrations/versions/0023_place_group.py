"""The group of a place: rural, town or city."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    known = sa.CheckConstraint("place_group IN ('rural', 'town', 'city')", name=op.f('ck_place_known_group'))
    op.add_column('place', sa.Column('place_group', sa.String(), known, nullable=True))
