# ruleid: broken-history
revision = "e5"
# ruleid: broken-history
down_revision = "d4"
