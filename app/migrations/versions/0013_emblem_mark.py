"""What tells one emblem from another, so that a browser may keep it for good: pages show it, and read it only then."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('department', sa.Column('emblem_mark', sa.String(), nullable=True))
    department = sa.table(
        'department', sa.column('emblem', sa.LargeBinary()), sa.column('emblem_mark', sa.String())
    )
    emblem = op.get_bind().scalar(sa.select(department.c.emblem))
    if emblem is not None:
        op.execute(department.update().values(emblem_mark=hashlib.sha256(emblem).hexdigest()[:10]))
