"""The department's main questionnaire: what results, prints and forms begin with."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('department', sa.Column('main_survey', sa.String(), nullable=True))
    # The one that the department hung on its walls, which is the one with most codes; polls and quizzes come and go.
    op.execute(
        sa.text(
            "UPDATE department SET main_survey = ("
            " SELECT survey.slug FROM survey WHERE survey.kind = 'survey' AND EXISTS ("
            "  SELECT 1 FROM survey_version"
            "  WHERE survey_version.survey_id = survey.id AND survey_version.published_at IS NOT NULL)"
            " ORDER BY (SELECT count(*) FROM placement WHERE placement.survey_id = survey.id) DESC, survey.id LIMIT 1)"
        )
    )
