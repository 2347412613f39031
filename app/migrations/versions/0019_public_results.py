"""Addresses of results: each place's page name, and what was decided on who may read them."""

import re

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

RESERVED = {'record', 'q', 'data', 'rounds', 'receipts', 'promises'}


def upgrade() -> None:
    op.create_table(
        'public_results_decision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('depth', sa.String(), nullable=False),
        sa.Column('decided_on', sa.Date(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "depth IN ('none', 'state', 'district', 'station')", name=op.f('ck_public_results_decision_known_depth')
        ),
        sa.ForeignKeyConstraint(
            ['account_id'], ['account.id'], name=op.f('fk_public_results_decision_account_id_account')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_public_results_decision')),
    )
    op.add_column('place', sa.Column('page', sa.String(), nullable=True))
    place = sa.table('place', sa.column('id', sa.Integer()), sa.column('code', sa.String()), sa.column('page', sa.String()))
    connection = op.get_bind()
    taken: set[str] = set()
    for id_, code in connection.execute(sa.select(place.c.id, place.c.code).order_by(place.c.id)).all():
        plain = re.sub('[^a-z0-9]+', '-', code.lower()).strip('-')[:40].strip('-') or 'place'
        name, number = plain, 1
        while name in RESERVED or name in taken:
            number += 1
            name = plain[: 40 - len(f'-{number}')].rstrip('-') + f'-{number}'
        taken.add(name)
        connection.execute(sa.update(place).where(place.c.id == id_).values(page=name))
    op.create_index(op.f('ix_place_page'), 'place', ['page'], unique=True)
