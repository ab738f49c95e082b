# ok: bidi-or-hidden-text
family = "👨‍👩‍👧"
# ruleid: bidi-or-hidden-text
access = "user‮" # admin
# ok: bidi-or-hidden-text
na​me = 1
