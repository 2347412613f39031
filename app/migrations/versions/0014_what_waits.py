"""What waits for a release, why answers are set aside, and marks that name the answers they stand for.

Only new tables, columns that may be empty, and indexes: an older version goes on working beside a newer one. What was
stored before is counted by a rebuild, which the worker begins by itself, since here it would lock everybody out.
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stale_week',
    sa.Column('week', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('week', name=op.f('pk_stale_week'))
    )
    op.create_table('waiting_cell',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('set_aside', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_waiting_cell_place_id_place')),
    sa.ForeignKeyConstraint(
        ['survey_version_id'], ['survey_version.id'], name=op.f('fk_waiting_cell_survey_version_id_survey_version')
    ),
    sa.PrimaryKeyConstraint('place_id', 'survey_version_id', 'channel', 'week', name=op.f('pk_waiting_cell')),
    sqlite_with_rowid=False
    )
    op.create_table('reason_cell',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_reason_cell_place_id_place')),
    sa.ForeignKeyConstraint(
        ['survey_version_id'], ['survey_version.id'], name=op.f('fk_reason_cell_survey_version_id_survey_version')
    ),
    sa.PrimaryKeyConstraint('place_id', 'survey_version_id', 'week', 'channel', 'reason', name=op.f('pk_reason_cell')),
    sqlite_with_rowid=False
    )
    op.create_table('awaited_part',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_awaited_part_place_id_place')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_awaited_part_release_id_release')),
    sa.PrimaryKeyConstraint('place_id', 'release_id', name=op.f('pk_awaited_part')),
    sqlite_with_rowid=False
    )
    op.add_column('tally_mark', sa.Column('responses', sa.LargeBinary(), nullable=True))
    op.add_column('tally_mark', sa.Column('changes', sa.LargeBinary(), nullable=True))
    if op.get_bind().dialect.name == 'postgresql':
        # Keys are drawn at random from now on; an older version still counts, and both fit.
        op.execute('ALTER TABLE tally_mark ALTER COLUMN id TYPE bigint')
    op.execute('CREATE INDEX ix_release_last_week ON release (last_week)')
    op.execute('CREATE INDEX ix_release_unfinished ON release (id) WHERE number = 0')
    op.execute("CREATE INDEX ix_verdict_set_aside ON verdict (week, response_id) WHERE verdict = 'set_aside'")
    op.execute('CREATE INDEX ix_verdict_later ON verdict (sequence) WHERE sequence > 1')
    # Every answer is in a tally, or has a mark that waits to be folded into one.
    op.execute('INSERT INTO stale_week SELECT DISTINCT week FROM tally UNION SELECT DISTINCT week FROM tally_mark')
