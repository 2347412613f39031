"""The public record: its entries, the hashes above them, what was signed, and the files beside it."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'record_entry',
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('about_id', sa.BigInteger(), nullable=False),
        sa.Column('entered_on', sa.Date(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('number', name=op.f('pk_record_entry')),
        sa.UniqueConstraint('about', 'about_id', name=op.f('uq_record_entry_about_about_id')),
    )
    op.create_table(
        'record_node',
        sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('hash', sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint('level', 'position', name=op.f('pk_record_node')),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'record_checkpoint',
        sa.Column('size', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('root', sa.LargeBinary(32), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('shown_from', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('size', name=op.f('pk_record_checkpoint')),
    )
    op.create_table(
        'record_file',
        sa.Column('path', sa.String(), nullable=False),
        sa.Column('since', sa.Integer(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('path', name=op.f('pk_record_file')),
    )
    op.create_index(op.f('ix_edition_digest'), 'edition', ['digest'])
