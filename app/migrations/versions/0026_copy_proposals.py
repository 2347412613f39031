"""What people propose and confirm about copies."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'copy_proposal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('survey_version_id', sa.Integer(), nullable=False),
        sa.Column('evidence', sa.String(), nullable=False),
        sa.Column('found_week', sa.Date(), nullable=False),
        sa.Column('decision', sa.String(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('responses', sa.Integer(), nullable=False),
        sa.Column('proposed_by', sa.Integer(), nullable=False),
        sa.Column('confirmed_by', sa.Integer(), nullable=True),
        sa.CheckConstraint("decision IN ('count', 'keep')", name=op.f('ck_copy_proposal_known_decision')),
        sa.ForeignKeyConstraint(['confirmed_by'], ['account.id'], name=op.f('fk_copy_proposal_confirmed_by_account')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_copy_proposal_place_id_place')),
        sa.ForeignKeyConstraint(['proposed_by'], ['account.id'], name=op.f('fk_copy_proposal_proposed_by_account')),
        sa.ForeignKeyConstraint(
            ['survey_version_id'], ['survey_version.id'], name=op.f('fk_copy_proposal_survey_version_id_survey_version')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_copy_proposal')),
    )
