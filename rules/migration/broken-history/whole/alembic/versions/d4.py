# pass: broken-history
revision = "d4"
down_revision = ("b2", "c3")
