#!/bin/bash
# ok: deploy-not-verified
terraform apply -auto-approve
