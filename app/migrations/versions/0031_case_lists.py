"""Lists of cases that were closed, draws from them, and decoys among the invitations of a draw."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'case_list',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('quarter', sa.Date(), nullable=False),
        sa.Column('evidence', sa.String(), nullable=False),
        sa.Column('all_cases', sa.Integer(), nullable=False),
        sa.Column('cases', sa.Integer(), nullable=False),
        sa.Column('contactable', sa.Integer(), nullable=False),
        sa.Column('draw', sa.Integer(), nullable=False),
        sa.Column('decoys', sa.Integer(), nullable=False),
        sa.Column('root', sa.LargeBinary(32), nullable=False),
        sa.Column('seed_from', sa.String(), nullable=False),
        sa.Column('seed_source', sa.String(), nullable=True),
        sa.Column('seed_on', sa.Date(), nullable=False),
        sa.Column('closed_on', sa.Date(), nullable=False),
        sa.Column('closed_by', sa.Integer(), nullable=True),
        sa.Column('digests', sa.LargeBinary(), nullable=False),
        sa.Column('salts', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("evidence IN ('invited', 'sampled')", name=op.f('ck_case_list_asked')),
        sa.CheckConstraint("seed_from IN ('dice', 'beacon')", name=op.f('ck_case_list_known_seed')),
        sa.CheckConstraint('draw > 0 AND draw <= cases', name=op.f('ck_case_list_drawn_from_it')),
        sa.CheckConstraint(
            'cases <= contactable AND contactable <= all_cases', name=op.f('ck_case_list_part_of_all')
        ),
        sa.CheckConstraint('decoys >= 0', name=op.f('ck_case_list_not_below_zero')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_case_list_place_id_place')),
        sa.ForeignKeyConstraint(['closed_by'], ['account.id'], name=op.f('fk_case_list_closed_by_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_list')),
    )
    op.create_index(op.f('ix_case_list_place_id_quarter'), 'case_list', ['place_id', 'quarter'], unique=True)
    op.create_table(
        'draw',
        sa.Column('list_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('seed', sa.LargeBinary(32), nullable=False),
        sa.Column('drawn_on', sa.Date(), nullable=False),
        sa.Column('positions', sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(['list_id'], ['case_list.id'], name=op.f('fk_draw_list_id_case_list')),
        sa.PrimaryKeyConstraint('list_id', name=op.f('pk_draw')),
    )
    # In words of both databases: Alembic would copy the table on SQLite, and its constraints in another order.
    op.execute(
        'ALTER TABLE batch ADD COLUMN list_id INTEGER'
        ' CONSTRAINT fk_batch_list_id_case_list REFERENCES case_list (id)'
    )
    op.create_index(op.f('ix_batch_list_id'), 'batch', ['list_id'], unique=True)
    op.add_column('serial', sa.Column('is_decoy', sa.Boolean(), server_default=sa.false(), nullable=False))
