"""What screening finds about answers, and how people answer. What is waiting then is screened without minutes."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('arrival', sa.Column('is_screened', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        'finding',
        sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), 'postgresql'), nullable=False),
        sa.Column('rule', sa.String(), nullable=False),
        sa.Column('alike', sa.Integer(), nullable=False),
        sa.Column('expected_tenths', sa.Integer(), nullable=False),
        sa.Column('tail', sa.SmallInteger(), nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.CheckConstraint("rule IN ('short', 'long', 'text', 'missed')", name=op.f('ck_finding_known_rule')),
        sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_finding_response_id_response')),
        sa.PrimaryKeyConstraint('response_id', 'rule', name=op.f('pk_finding')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'week_ways',
        sa.Column('survey_version_id', sa.Integer(), nullable=False),
        sa.Column('week', sa.Date(), nullable=False),
        sa.Column('ways', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['survey_version_id'], ['survey_version.id'], name=op.f('fk_week_ways_survey_version_id_survey_version')
        ),
        sa.PrimaryKeyConstraint('survey_version_id', 'week', name=op.f('pk_week_ways')),
        sqlite_with_rowid=False,
    )
