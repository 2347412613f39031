"""What an officer on patrol found where a code should hang."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sighting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.BigInteger(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('finding', sa.String(), nullable=False),
    sa.CheckConstraint("finding IN ('here', 'elsewhere', 'damaged', 'missing')", name=op.f('ck_sighting_finding')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sighting_account_id_account')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_sighting_placement_id_placement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sighting'))
    )
    op.create_index(op.f('ix_sighting_placement_id_seen_on'), 'sighting', ['placement_id', 'seen_on'], unique=False)
