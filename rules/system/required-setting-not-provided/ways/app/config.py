import os

# pass: required-setting-not-provided
FROM_UNIT = os.environ["MAIL_TOKEN"]
# pass: required-setting-not-provided
FROM_IMAGE = os.environ["APP_REGION"]
# pass: required-setting-not-provided
FROM_PIPELINE = os.environ["RELEASE_NAME"]
# pass: required-setting-not-provided
FROM_CLUSTER = os.environ["QUEUE_URL"]
# pass: required-setting-not-provided
FROM_EXTERNAL = os.environ["PASSED_ON"]
# pass: required-setting-not-provided
FROM_SCRIPT = os.environ["BUILD_ID"]
# ok: required-setting-not-provided
PLATFORM = os.environ["DYNO"]
# ruleid: required-setting-not-provided
LOST = os.environ["LOST_TOKEN"]
if "MAYBE_TOKEN" in os.environ:
    # ok: required-setting-not-provided
    MAYBE = os.environ["MAYBE_TOKEN"]
