FROM python:3.12-slim
# pass: healthcheck-tool-missing
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://localhost:8000')"
