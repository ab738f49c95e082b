FROM python:3.12-slim AS base
ARG UID=10001
RUN useradd -u ${UID} app
FROM base
# pass: runs-as-root
USER ${UID:-10001}:10001
