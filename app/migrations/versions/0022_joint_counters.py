"""Joint counters beside releases. Those of releases that are there already are filled in by the worker."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'awaited_joint',
        sa.Column('release_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_awaited_joint_release_id_release')),
        sa.PrimaryKeyConstraint('release_id', name=op.f('pk_awaited_joint')),
    )
    op.create_table(
        'joint_listing',
        sa.Column('survey_version_id', sa.Integer(), nullable=False),
        sa.Column('layout', sa.String(), nullable=False),
        sa.Column('is_read', sa.Boolean(), nullable=False),
        sa.Column('last_release_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['survey_version_id'], ['survey_version.id'], name=op.f('fk_joint_listing_survey_version_id_survey_version')
        ),
        sa.PrimaryKeyConstraint('survey_version_id', name=op.f('pk_joint_listing')),
    )
    op.create_table(
        'release_joint',
        sa.Column('release_id', sa.Integer(), nullable=False),
        sa.Column('layout', sa.String(), nullable=False),
        sa.Column('counters', sa.LargeBinary(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_joint_release_id_release')),
        sa.PrimaryKeyConstraint('release_id', name=op.f('pk_release_joint')),
    )
