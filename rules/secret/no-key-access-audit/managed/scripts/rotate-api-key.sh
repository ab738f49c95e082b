#!/bin/sh
vault kv put secret/api key="$(openssl rand -hex 32)"
