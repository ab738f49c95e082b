#!/bin/sh
kubectl rollout status deployment/api
