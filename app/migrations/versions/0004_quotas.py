"""Quotas of surveys by interview."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('quota_plan',
    sa.Column('survey_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('questions', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_quota_plan_survey_id_survey')),
    sa.PrimaryKeyConstraint('survey_id', name=op.f('pk_quota_plan'))
    )
    op.create_table('quota_cell',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('cell', sa.Text(), nullable=False),
    sa.Column('target', sa.Integer(), nullable=False),
    sa.CheckConstraint('target > 0', name=op.f('ck_quota_cell_wanted')),
    sa.ForeignKeyConstraint(['survey_id'], ['quota_plan.survey_id'], name=op.f('fk_quota_cell_survey_id_quota_plan')),
    sa.PrimaryKeyConstraint('survey_id', 'cell', name=op.f('pk_quota_cell')),
    sqlite_with_rowid=False
    )
