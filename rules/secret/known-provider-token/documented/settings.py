# ok: known-provider-token
A = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
# ok: known-provider-token
B = "AKIA"
# ok: known-provider-token
C = "xoxb-0000000000-0000000000-000000000000000000000000"
# ok: known-provider-token
D = "hf_YOUR_TOKEN_HERE_PLEASE_REPLACE_IT"
