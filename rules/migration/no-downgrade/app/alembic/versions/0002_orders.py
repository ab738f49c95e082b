from alembic import op


def upgrade():
    op.create_index("orders_user", "orders", ["user_id"])


# ok: no-downgrade
def downgrade():
    op.drop_index("orders_user")
