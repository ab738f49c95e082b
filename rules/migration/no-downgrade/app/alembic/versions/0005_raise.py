from alembic import op


def upgrade():
    op.drop_table("carts")


# ruleid: no-downgrade
def downgrade() -> None:
    raise NotImplementedError
