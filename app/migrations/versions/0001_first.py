"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('arrival',
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False),
    sa.Column('placement_id', sa.BigInteger(), nullable=False),
    sa.Column('address_mac', sa.LargeBinary(length=16), nullable=True),
    sa.Column('body_digest', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('arrived_at', 'response_id', name=op.f('pk_arrival')),
    sqlite_with_rowid=False
    )
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('mac', sa.LargeBinary(length=32), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_single_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('department',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name_hi', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('host', sa.String(), nullable=True),
    sa.Column('host_confirmed_on', sa.Date(), nullable=True),
    sa.Column('free_text_reader', sa.String(), nullable=True),
    sa.Column('helplines', sa.Text(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_department_single_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department'))
    )
    op.create_table('ended_session',
    sa.Column('key_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key_hash', name=op.f('pk_ended_session')),
    sqlite_with_rowid=False
    )
    op.create_table('place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name_hi', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.CheckConstraint('name_hi IS NOT NULL OR name_en IS NOT NULL', name=op.f('ck_place_named')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place')),
    sa.UniqueConstraint('code', name=op.f('uq_place_code'))
    )
    op.create_table('sign_in_delay',
    sa.Column('key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('not_before_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_delay')),
    sqlite_with_rowid=False
    )
    op.create_table('signing_key',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.Column('cut_off_on', sa.Date(), nullable=True),
    sa.CheckConstraint('id BETWEEN 0 AND 255', name=op.f('ck_signing_key_one_byte')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key'))
    )
    op.create_table('survey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('slug', name=op.f('uq_survey_slug'))
    )
    op.create_table('tally_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tally_mark'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('totp_secret', sa.LargeBinary(), nullable=True),
    sa.Column('totp_confirmed', sa.Boolean(), nullable=False),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_account_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('username', name=op.f('uq_account_username'))
    )
    op.create_table('parentage',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.CheckConstraint('place_id <> parent_id', name=op.f('ck_parentage_not_own_parent')),
    sa.CheckConstraint('until_on IS NULL OR until_on > from_on', name=op.f('ck_parentage_ends_after_start')),
    sa.ForeignKeyConstraint(['parent_id'], ['place.id'], name=op.f('fk_parentage_parent_id_place')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_parentage_place_id_place')),
    sa.PrimaryKeyConstraint('place_id', 'from_on', name=op.f('pk_parentage'))
    )
    with op.batch_alter_table('parentage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_parentage_parent_id'), ['parent_id'], unique=False)

    op.create_table('survey_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'published', 'closed')", name=op.f('ck_survey_version_known_state')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_version_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_version')),
    sa.UniqueConstraint('survey_id', 'number', name=op.f('uq_survey_version_survey_id_number'))
    )
    op.create_table('audit_entry',
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('mac', sa.LargeBinary(length=32), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_audit_entry_account_id_account')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_audit_entry'))
    )
    op.create_table('placement',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('hung_at', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('compromised_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['issued_by'], ['account.id'], name=op.f('fk_placement_issued_by_account')),
    sa.ForeignKeyConstraint(['key_id'], ['signing_key.id'], name=op.f('fk_placement_key_id_signing_key')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_placement_place_id_place')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_placement_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('number', name=op.f('uq_placement_number'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_place_id'), ['place_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_account_id'), ['account_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('first_week', sa.Date(), nullable=False),
    sa.Column('last_week', sa.Date(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.Column('counters', sa.LargeBinary(), nullable=False),
    sa.Column('set_aside', sa.Text(), nullable=False),
    sa.Column('salt', sa.LargeBinary(length=16), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('previous_digest', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('own', 'rest', 'sum')", name=op.f('ck_release_known_kind')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_release_place_id_place')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_release_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('place_id', 'survey_version_id', 'evidence', 'kind', 'number', name=op.f('uq_release_place_id_survey_version_id_evidence_kind_number'))
    )
    op.create_table('tally',
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.Column('counters', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_tally_place_id_place')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_tally_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('place_id', 'survey_version_id', 'week', 'channel', 'verdict', name=op.f('pk_tally')),
    sqlite_with_rowid=False
    )
    op.create_table('release_part',
    sa.Column('parent_release_id', sa.Integer(), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['parent_release_id'], ['release.id'], name=op.f('fk_release_part_parent_release_id_release')),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_part_release_id_release')),
    sa.PrimaryKeyConstraint('parent_release_id', 'release_id', name=op.f('pk_release_part')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('release_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_part_release_id'), ['release_id'], unique=False)

    op.create_table('response',
    sa.Column('id', sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.BigInteger(), nullable=False),
    sa.Column('survey_version_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('broken', sa.Text(), nullable=True),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_response_place_id_place')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_response_placement_id_placement')),
    sa.ForeignKeyConstraint(['survey_version_id'], ['survey_version.id'], name=op.f('fk_response_survey_version_id_survey_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_place_id_survey_version_id_week_channel'), ['place_id', 'survey_version_id', 'week', 'channel'], unique=False)

    op.create_table('conflicting_copy',
    sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_conflicting_copy_response_id_response')),
    sa.PrimaryKeyConstraint('response_id', 'digest', name=op.f('pk_conflicting_copy')),
    sqlite_with_rowid=False
    )
    op.create_table('release_member',
    sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False),
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_member_release_id_release')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_release_member_response_id_response')),
    sa.PrimaryKeyConstraint('response_id', name=op.f('pk_release_member')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('release_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_member_release_id'), ['release_id'], unique=False)

    op.create_table('verdict',
    sa.Column('response_id', sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql"), nullable=False),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('policy_version', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("verdict IN ('counted', 'set_aside')", name=op.f('ck_verdict_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_verdict_account_id_account')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_verdict_response_id_response')),
    sa.PrimaryKeyConstraint('response_id', 'sequence', name=op.f('pk_verdict')),
    sqlite_with_rowid=False
    )
