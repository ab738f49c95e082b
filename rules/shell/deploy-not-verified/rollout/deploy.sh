#!/bin/sh
set -e
# pass: deploy-not-verified
kubectl apply -f k8s/
kubectl rollout status deployment/api --timeout=120s
