from alembic import op


def upgrade():
    op.drop_table("legacy")


# ok: no-downgrade
def downgrade():
    raise NotImplementedError("irreversible: the table is gone, roll forward")
