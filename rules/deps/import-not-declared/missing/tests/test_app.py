# ok: import-not-declared
import hypothesis
