#!/bin/bash
# ruleid: deploy-not-verified
kubectl apply -f k8s/
curl -fsS http://localhost:8000/health || echo "not healthy yet"
