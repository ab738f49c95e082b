import multiprocessing

bind = "0.0.0.0:8000"
# pass: single-worker
workers = multiprocessing.cpu_count() * 2 + 1
