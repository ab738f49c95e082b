from prometheus_client import Counter
JOBS = Counter("jobs", "Jobs")
