FROM python:3.12-slim
COPY web.py .
CMD ["python", "web.py"]
