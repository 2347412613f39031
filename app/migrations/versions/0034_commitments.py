"""What places have promised about a figure, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'commitment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=True),
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('figure', sa.Text(), nullable=False),
        sa.Column('quote', sa.Text(), nullable=False),
        sa.Column('will', sa.Text(), nullable=False),
        sa.Column('office', sa.Text(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'open', 'done', 'not_done', 'withdrawn')",
            name=op.f('ck_commitment_known_state'),
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (state IN ('draft', 'proposed'))", name=op.f('ck_commitment_numbered_when_public')
        ),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_commitment_edition_id_edition')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_commitment_place_id_place')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
        sa.UniqueConstraint('place_id', 'number', name=op.f('uq_commitment_place_id_number')),
    )
    op.create_index(op.f('ix_commitment_state'), 'commitment', ['state'])
    op.create_table(
        'commitment_event',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('commitment_id', sa.Integer(), nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('step', sa.String(), nullable=False),
        sa.Column('texts', sa.Text(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_commitment_event_account_id_account')),
        sa.ForeignKeyConstraint(
            ['commitment_id'], ['commitment.id'], name=op.f('fk_commitment_event_commitment_id_commitment')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_event')),
        sa.UniqueConstraint(
            'commitment_id', 'sequence', name=op.f('uq_commitment_event_commitment_id_sequence')
        ),
    )
