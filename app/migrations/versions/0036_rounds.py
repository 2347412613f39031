"""Rounds: polls and quizzes with dates."""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

HOLDS = sa.text('announced_at IS NOT NULL OR cancelled_at IS NULL')


def upgrade() -> None:
    op.create_table(
        'round',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=True),
        sa.Column('survey_version_id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('results_on', sa.Date(), nullable=False),
        sa.Column('planned_by', sa.Integer(), nullable=True),
        sa.Column('approved_by', sa.Integer(), nullable=True),
        sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('cancelled_by', sa.Integer(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('document', sa.Text(), nullable=True),
        sa.Column('digest', sa.String(), nullable=True),
        sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_round_days_in_order')),
        sa.CheckConstraint(
            '(announced_at IS NULL) = (number IS NULL)', name=op.f('ck_round_announced_with_number')
        ),
        sa.CheckConstraint('approved_by IS NULL OR approved_by <> planned_by', name=op.f('ck_round_two_people')),
        sa.ForeignKeyConstraint(
            ['survey_version_id'], ['survey_version.id'], name=op.f('fk_round_survey_version_id_survey_version')
        ),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_round_place_id_place')),
        sa.ForeignKeyConstraint(['planned_by'], ['account.id'], name=op.f('fk_round_planned_by_account')),
        sa.ForeignKeyConstraint(['approved_by'], ['account.id'], name=op.f('fk_round_approved_by_account')),
        sa.ForeignKeyConstraint(['cancelled_by'], ['account.id'], name=op.f('fk_round_cancelled_by_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
        sa.UniqueConstraint('number', name=op.f('uq_round_number')),
    )
    op.create_index(
        'ix_round_survey_version_id',
        'round',
        ['survey_version_id'],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )
