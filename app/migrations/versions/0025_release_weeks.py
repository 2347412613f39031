"""An index of the releases of a place by their weeks."""

from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_release_place_id_last_week', 'release', ['place_id', 'last_week'])
