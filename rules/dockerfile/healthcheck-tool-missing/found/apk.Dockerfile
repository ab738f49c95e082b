FROM python:3.12-alpine
RUN apk add --no-cache --virtual .run curl tini
# pass: healthcheck-tool-missing
HEALTHCHECK --interval=30s CMD ["curl", "-f", "http://localhost:8000/"]
