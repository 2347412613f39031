"""Policies of screening that headquarters proposes and confirms."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'screening_policy',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=True),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('fewest_alike', sa.SmallInteger(), nullable=False),
        sa.Column('fewest_written_alike', sa.SmallInteger(), nullable=False),
        sa.Column('least_tail', sa.SmallInteger(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('proposed_by', sa.Integer(), nullable=False),
        sa.Column('proposed_on', sa.Date(), nullable=False),
        sa.Column('confirmed_by', sa.Integer(), nullable=True),
        sa.Column('confirmed_on', sa.Date(), nullable=True),
        sa.Column('withdrawn_on', sa.Date(), nullable=True),
        sa.CheckConstraint(
            'fewest_alike BETWEEN 5 AND 50', name=op.f('ck_screening_policy_fewest_alike_in_bounds')
        ),
        sa.CheckConstraint(
            'fewest_written_alike BETWEEN 3 AND 20', name=op.f('ck_screening_policy_fewest_written_alike_in_bounds')
        ),
        sa.CheckConstraint('least_tail BETWEEN 6 AND 12', name=op.f('ck_screening_policy_least_tail_in_bounds')),
        sa.CheckConstraint('confirmed_by <> proposed_by', name=op.f('ck_screening_policy_two_accounts')),
        sa.CheckConstraint(
            '(number IS NULL) = (confirmed_by IS NULL) AND (number IS NULL) = (confirmed_on IS NULL)',
            name=op.f('ck_screening_policy_numbered_when_confirmed'),
        ),
        sa.CheckConstraint('number IS NULL OR withdrawn_on IS NULL', name=op.f('ck_screening_policy_not_both')),
        sa.ForeignKeyConstraint(['confirmed_by'], ['account.id'], name=op.f('fk_screening_policy_confirmed_by_account')),
        sa.ForeignKeyConstraint(['proposed_by'], ['account.id'], name=op.f('fk_screening_policy_proposed_by_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_screening_policy')),
        sa.UniqueConstraint('number', name=op.f('uq_screening_policy_number')),
    )
