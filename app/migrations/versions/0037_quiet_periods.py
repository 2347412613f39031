"""Quiet periods: what is not published while an election is on."""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'quiet_period',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('order_no', sa.String(), nullable=False),
        sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('until_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('entered_by', sa.Integer(), nullable=False),
        sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_by', sa.Integer(), nullable=True),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('end_proposed_by', sa.Integer(), nullable=True),
        sa.Column('end_proposed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('until_at > from_at', name=op.f('ck_quiet_period_ends_after_start')),
        sa.CheckConstraint('confirmed_by <> entered_by', name=op.f('ck_quiet_period_two_accounts')),
        sa.CheckConstraint('ended_by <> end_proposed_by', name=op.f('ck_quiet_period_two_accounts_end')),
        sa.CheckConstraint(
            '(confirmed_by IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_quiet_period_confirmed_whole')
        ),
        sa.CheckConstraint(
            '(end_proposed_by IS NULL) = (end_proposed_at IS NULL)', name=op.f('ck_quiet_period_end_proposed_whole')
        ),
        sa.CheckConstraint('(ended_by IS NULL) = (ended_at IS NULL)', name=op.f('ck_quiet_period_ended_whole')),
        sa.CheckConstraint('confirmed_at IS NULL OR withdrawn_at IS NULL', name=op.f('ck_quiet_period_not_both')),
        sa.ForeignKeyConstraint(['entered_by'], ['account.id'], name=op.f('fk_quiet_period_entered_by_account')),
        sa.ForeignKeyConstraint(['confirmed_by'], ['account.id'], name=op.f('fk_quiet_period_confirmed_by_account')),
        sa.ForeignKeyConstraint(
            ['end_proposed_by'], ['account.id'], name=op.f('fk_quiet_period_end_proposed_by_account')
        ),
        sa.ForeignKeyConstraint(['ended_by'], ['account.id'], name=op.f('fk_quiet_period_ended_by_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_quiet_period')),
    )
    op.create_table(
        'quiet_place',
        sa.Column('quiet_id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['quiet_id'], ['quiet_period.id'], name=op.f('fk_quiet_place_quiet_id_quiet_period')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_quiet_place_place_id_place')),
        sa.PrimaryKeyConstraint('quiet_id', 'place_id', name=op.f('pk_quiet_place')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'quiet_block',
        sa.Column('quiet_id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.CheckConstraint(
            "what IN ('stories', 'milestones', 'commitments', 'rounds', 'round_results', 'kits', 'editions', 'tips')",
            name=op.f('ck_quiet_block_known_what'),
        ),
        sa.ForeignKeyConstraint(['quiet_id'], ['quiet_period.id'], name=op.f('fk_quiet_block_quiet_id_quiet_period')),
        sa.PrimaryKeyConstraint('quiet_id', 'what', name=op.f('pk_quiet_block')),
        sqlite_with_rowid=False,
    )
