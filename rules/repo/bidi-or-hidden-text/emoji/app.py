# ok: bidi-or-hidden-text
FAMILY = "👨‍👩‍👧"
