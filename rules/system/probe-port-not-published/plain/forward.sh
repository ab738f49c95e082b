#!/bin/sh
docker compose up -d
kubectl port-forward svc/api 9000:80 &
# unknown: probe-port-not-published
curl http://localhost:9000/
