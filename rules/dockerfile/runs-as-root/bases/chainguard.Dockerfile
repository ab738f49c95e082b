# pass: runs-as-root
FROM cgr.dev/chainguard/python:latest
