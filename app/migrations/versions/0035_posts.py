"""Posts, their versions, what was done about them, and their pictures."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'post_picture',
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_post_picture')),
    )
    op.create_table(
        'post',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('shown_version', sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('tip', 'law', 'story', 'milestone', 'notice')", name=op.f('ck_post_known_kind')),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'withdrawn', 'removed')", name=op.f('ck_post_known_state')
        ),
        sa.CheckConstraint("(number IS NULL) = (state = 'draft')", name=op.f('ck_post_numbered_when_published')),
        sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_post_place_id_place')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
        sa.UniqueConstraint('number', name=op.f('uq_post_number')),
    )
    op.create_index(op.f('ix_post_place_id'), 'post', ['place_id'])
    op.create_index(op.f('ix_post_state_kind'), 'post', ['state', 'kind'])
    op.create_table(
        'post_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('post_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('sources', sa.Text(), nullable=False),
        sa.Column('alt', sa.Text(), nullable=False),
        sa.Column('change_note', sa.Text(), nullable=False),
        sa.Column('body_html', sa.Text(), nullable=False),
        sa.Column('sources_html', sa.Text(), nullable=False),
        sa.Column('picture_digest', sa.String(), nullable=True),
        sa.Column('review_on', sa.Date(), nullable=True),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('returned', sa.Text(), nullable=True),
        sa.Column('approver_id', sa.Integer(), nullable=True),
        sa.Column('ticked', sa.Text(), nullable=True),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('salt', sa.String(), nullable=True),
        sa.Column('digest', sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'published')", name=op.f('ck_post_version_known_state')
        ),
        sa.CheckConstraint('approver_id <> author_id', name=op.f('ck_post_version_two_accounts')),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL) AND (state = 'published') = (approver_id IS NOT NULL)"
            " AND (state = 'published') = (digest IS NOT NULL)",
            name=op.f('ck_post_version_approved_when_published'),
        ),
        sa.ForeignKeyConstraint(['approver_id'], ['account.id'], name=op.f('fk_post_version_approver_id_account')),
        sa.ForeignKeyConstraint(['author_id'], ['account.id'], name=op.f('fk_post_version_author_id_account')),
        sa.ForeignKeyConstraint(
            ['picture_digest'], ['post_picture.digest'], name=op.f('fk_post_version_picture_digest_post_picture')
        ),
        sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_post_version_post_id_post')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_post_version')),
        sa.UniqueConstraint('post_id', 'number', name=op.f('uq_post_version_post_id_number')),
    )
    op.create_index(op.f('ix_post_version_picture_digest'), 'post_version', ['picture_digest'])
    op.create_table(
        'post_event',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('post_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('cause', sa.String(), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('until_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('second_id', sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('withdrawn', 'hidden', 'removal_asked', 'removal_declined', 'removed')",
            name=op.f('ck_post_event_known_kind'),
        ),
        sa.CheckConstraint("cause IS NULL OR cause IN ('law', 'person')", name=op.f('ck_post_event_known_cause')),
        sa.CheckConstraint("(kind = 'removed') = (second_id IS NOT NULL)", name=op.f('ck_post_event_removed_by_two')),
        sa.CheckConstraint('second_id <> account_id', name=op.f('ck_post_event_two_accounts')),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_post_event_account_id_account')),
        sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_post_event_post_id_post')),
        sa.ForeignKeyConstraint(['second_id'], ['account.id'], name=op.f('fk_post_event_second_id_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_post_event')),
    )
    op.create_index(op.f('ix_post_event_post_id'), 'post_event', ['post_id'])
