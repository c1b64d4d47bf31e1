"""Which questions a word of a check-in answered, so that a later word leaves the others as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; of what was told before, each version tells all of its day."""
    op.add_column("diary_version", sa.Column("answered", sa.Text))
