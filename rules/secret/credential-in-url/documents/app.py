import os

# ok: credential-in-url
A = f"postgresql://{os.environ['U']}:{os.environ['P']}@db/app"
# ok: credential-in-url
B = "redis://:%s@cache:6379/0" % os.environ["P"]
# ok: credential-in-url
C = "postgresql://user:<password>@db/app"
# ok: credential-in-url
D = "mongodb+srv://app@cluster.acme.io/app"
# ok: credential-in-url
E = "https://acme.io/a:b@c"
# ok: credential-in-url
F = "amqp://{user}:{password}@queue/"
