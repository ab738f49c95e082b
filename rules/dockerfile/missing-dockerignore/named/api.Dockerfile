FROM python:3.12-slim
# pass: missing-dockerignore
COPY . /app
