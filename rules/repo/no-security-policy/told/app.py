# ok: no-security-policy
x = 1
