# ok: dev-dependency-at-runtime
import httpx
