# ok: no-update-automation
print(1)
