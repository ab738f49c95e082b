# ok: no-error-tracking
import json
