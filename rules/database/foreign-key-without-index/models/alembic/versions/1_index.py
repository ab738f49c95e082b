from alembic import op


def upgrade():
    op.create_index("ix_orders_carrier", "orders", ["carrier_id"])
