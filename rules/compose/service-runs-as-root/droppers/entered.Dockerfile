FROM python:3.12-slim AS runtime
RUN apt-get update && apt-get install -y --no-install-recommends gosu && useradd app
COPY enter.sh /enter.sh
FROM runtime
ENTRYPOINT ["/enter.sh"]
CMD ["python", "-m", "app"]
