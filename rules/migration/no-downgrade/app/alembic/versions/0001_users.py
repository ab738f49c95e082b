from alembic import op


def upgrade():
    op.drop_column("users", "name")


# ruleid: no-downgrade
def downgrade():
    pass
