# ruleid: known-provider-token
TOKEN = "glpat-q8Zk1Lm9PwX3vB7nT2yR"
# ok: known-provider-token
EXAMPLE = "AKIAIOSFODNN7EXAMPLE"
# ok: known-provider-token
STAND_IN = "glpat-xxxxxxxxxxxxxxxxxxxx"
