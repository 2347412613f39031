"""Editions: the frozen reports of places, and the days on which they were due."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'edition_day',
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('last_release_id', sa.Integer(), nullable=False),
        sa.Column('is_opening', sa.Boolean(), nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('due_on', name=op.f('pk_edition_day')),
    )
    op.create_table(
        'edition',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('previous_digest', sa.String(), nullable=True),
        sa.Column('cause', sa.String(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('entry', sa.Integer(), nullable=True),
        sa.CheckConstraint("cause IS NULL OR cause IN ('error', 'method')", name=op.f('ck_edition_known_cause')),
        sa.CheckConstraint('(number = 1) = (cause IS NULL)', name=op.f('ck_edition_later_ones_correct')),
        sa.ForeignKeyConstraint(['due_on'], ['edition_day.due_on'], name=op.f('fk_edition_due_on_edition_day')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_edition_place_id_place')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
        sa.UniqueConstraint('place_id', 'due_on', 'number', name=op.f('uq_edition_place_id_due_on_number')),
    )
    op.create_index(op.f('ix_edition_due_on'), 'edition', ['due_on'])
    op.create_table(
        'edition_release',
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('release_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_release_edition_id_edition')),
        sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_edition_release_release_id_release')),
        sa.PrimaryKeyConstraint('edition_id', 'release_id', name=op.f('pk_edition_release')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_edition_release_release_id'), 'edition_release', ['release_id'])
