KEY = open("/run/secrets/signing_key").read()
