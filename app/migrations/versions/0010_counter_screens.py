"""Counter screens, and the places at each of their codes."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('code_slot',
    sa.Column('mark', sa.LargeBinary(length=16), nullable=False),
    sa.Column('slot', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.CheckConstraint('slot IN (0, 1)', name=op.f('ck_code_slot_two')),
    sa.PrimaryKeyConstraint('mark', 'slot', name=op.f('pk_code_slot')),
    sqlite_with_rowid=False
    )
    op.create_table('screen',
    sa.Column('placement_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('code_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('code_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('secret_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('enrolled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fetched_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_screen_placement_id_placement')),
    sa.PrimaryKeyConstraint('placement_id', name=op.f('pk_screen')),
    sa.UniqueConstraint('code_digest', name=op.f('uq_screen_code_digest')),
    sa.UniqueConstraint('secret_digest', name=op.f('uq_screen_secret_digest'))
    )
