"""Enrolled devices, the sequence numbers that came from them, and the keys that answers are sealed with."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sealing_key',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.CheckConstraint('id BETWEEN 0 AND 255', name=op.f('ck_sealing_key_one_byte')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealing_key'))
    )
    op.create_table('device',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('placement_id', sa.BigInteger(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(length=65), nullable=True),
    sa.Column('code_digest', sa.LargeBinary(length=32), nullable=True),
    sa.Column('code_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('enrolled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_synced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waiting', sa.Integer(), nullable=True),
    sa.Column('last_sequence', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_device_placement_id_placement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('code_digest', name=op.f('uq_device_code_digest')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_device_placement_id'))
    )
    op.create_table('sequence_run',
    sa.Column('device_id', sa.BigInteger(), nullable=False),
    sa.Column('first', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('last', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('first <= last', name=op.f('ck_sequence_run_in_order')),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_sequence_run_device_id_device')),
    sa.PrimaryKeyConstraint('device_id', 'first', name=op.f('pk_sequence_run')),
    sqlite_with_rowid=False
    )
