def upgrade():
    pass


# ok: no-downgrade
def downgrade():
    pass
