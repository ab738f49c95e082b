import sentry_sdk


def strip(event, hint):
    return event


# pass: error-tracker-sends-personal-data
sentry_sdk.init(dsn="https://a@example.test/1", send_default_pii=True, before_send=strip)
