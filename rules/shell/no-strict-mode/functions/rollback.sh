#!/bin/bash
undo() {
  kubectl rollout undo deployment/api
  kubectl rollout status deployment/api
  kubectl get pods
}
undo
