"""Batches of slips and invitations, their one-time serials, and which of those are redeemed."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("channel IN ('slip', 'invite')", name=op.f('ck_batch_one_time')),
    sa.ForeignKeyConstraint(['issued_by'], ['account.id'], name=op.f('fk_batch_issued_by_account')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_batch_place_id_place')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_batch_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch'))
    )
    op.create_table('batch_part',
    sa.Column('placement_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('first_pack', sa.Integer(), nullable=False),
    sa.Column('last_pack', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_pack <= last_pack', name=op.f('ck_batch_part_in_order')),
    sa.CheckConstraint('size > 0', name=op.f('ck_batch_part_some')),
    sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name=op.f('fk_batch_part_batch_id_batch')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_batch_part_placement_id_placement')),
    sa.PrimaryKeyConstraint('placement_id', name=op.f('pk_batch_part'))
    )
    op.create_index(op.f('ix_batch_part_batch_id'), 'batch_part', ['batch_id'], unique=False)
    op.create_table('serial',
    sa.Column('mark', sa.LargeBinary(length=16), nullable=False),
    sa.Column('placement_id', sa.BigInteger(), nullable=False),
    sa.Column('pack', sa.Integer(), nullable=False),
    sa.Column('cancelled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_serial_placement_id_placement')),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_serial')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_serial_placement_id_pack'), 'serial', ['placement_id', 'pack'], unique=False)
    op.create_table('redemption',
    sa.Column('mark', sa.LargeBinary(length=16), nullable=False),
    sa.ForeignKeyConstraint(['mark'], ['serial.mark'], name=op.f('fk_redemption_mark_serial')),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_redemption')),
    sqlite_with_rowid=False
    )
