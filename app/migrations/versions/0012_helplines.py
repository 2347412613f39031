"""The helplines of the country for whoever has none yet, and when somebody confirmed what a department has.

They are shown at once, and confirmed by the department before the next print. A list of its own was confirmed with the
rest of what is printed, so it stays so.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

# As they were when this was written; later ones are in app/domain/installation/helplines.py.
_COUNTRY = (
    ('आपातकालीन मदद', 'Emergency', '112'),
    ('महिला हेल्पलाइन', "Women's helpline", '181'),
    ('बच्चों की हेल्पलाइन', 'Child helpline', '1098'),
    ('साइबर ठगी', 'Cyber fraud', '1930'),
    ('मुफ़्त क़ानूनी मदद', 'Free legal help', '15100'),
)


def upgrade() -> None:
    op.add_column('department', sa.Column('helplines_confirmed_on', sa.Date(), nullable=True))
    department = sa.table(
        'department',
        sa.column('helplines', sa.Text()),
        sa.column('helplines_confirmed_on', sa.Date()),
        sa.column('host_confirmed_on', sa.Date()),
    )
    op.execute(department.update().values(helplines_confirmed_on=department.c.host_confirmed_on))
    lines = [{'label_hi': hi, 'label_en': en, 'number': number} for hi, en, number in _COUNTRY]
    op.execute(
        department.update()
        .where(department.c.helplines == '[]')
        .values(helplines=json.dumps(lines, ensure_ascii=False), helplines_confirmed_on=None)
    )
