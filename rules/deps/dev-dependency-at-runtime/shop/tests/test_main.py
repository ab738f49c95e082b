# ok: dev-dependency-at-runtime
import faker
