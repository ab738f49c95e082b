FROM python:3.12-slim
# pass: shell-form-command
CMD alembic upgrade head; exec uvicorn app:app --port ${PORT:-8000}
