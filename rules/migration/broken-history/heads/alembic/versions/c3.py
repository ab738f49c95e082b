# ruleid: broken-history
revision = "c3"
down_revision = "a1"
