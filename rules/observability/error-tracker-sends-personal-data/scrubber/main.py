import sentry_sdk
from sentry_sdk.scrubber import EventScrubber

# pass: error-tracker-sends-personal-data
sentry_sdk.init(dsn="https://a@example.test/1", send_default_pii=True, event_scrubber=EventScrubber())
