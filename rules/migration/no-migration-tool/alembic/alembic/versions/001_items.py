from alembic import op


def upgrade():
    op.create_table("items")


def downgrade():
    op.drop_table("items")
