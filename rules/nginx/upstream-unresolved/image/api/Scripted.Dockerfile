FROM python:3.13-slim
EXPOSE 8000
CMD ["./start.sh"]
