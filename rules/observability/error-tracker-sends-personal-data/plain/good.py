import sentry_sdk

# pass: error-tracker-sends-personal-data
sentry_sdk.init(dsn="https://a@example.test/1")
