"""How the answers of a version are read: which are good, and in what words that is said."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'survey_reading',
        sa.Column('survey_version_id', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['survey_version_id'], ['survey_version.id'], name=op.f('fk_survey_reading_survey_version_id_survey_version')
        ),
        sa.PrimaryKeyConstraint('survey_version_id', name=op.f('pk_survey_reading')),
    )
