# ok: schedule-not-installed
print(1)

# ok: schedule-not-installed
x = 1
