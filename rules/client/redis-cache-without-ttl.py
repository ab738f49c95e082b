import redis

client = redis.Redis(host="cache")


def store(key, value):
    # ruleid: redis-cache-without-ttl
    client.set(f"cache:{key}", value)
    # pass: redis-cache-without-ttl
    client.set(f"search:{key}", value, ex=300)
    # pass: redis-cache-without-ttl
    client.setex("session:1", 60, value)
    # ok: redis-cache-without-ttl
    client.set("lock:result", "1", nx=True)
    # ok: redis-cache-without-ttl
    client.set("feature-flags", value)


def store_map(user, value):
    # ruleid: redis-cache-without-ttl
    client.hset(f"session:{user}", mapping=value)


def store_for_a_while(user, value):
    # pass: redis-cache-without-ttl
    client.hset(f"session:{user}", mapping=value)
    client.expire(f"session:{user}", 3600)
