import sentry_sdk

# ruleid: error-tracker-sends-personal-data
sentry_sdk.init(dsn="https://a@example.test/1", max_request_body_size="always")
