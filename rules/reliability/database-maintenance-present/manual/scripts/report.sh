#!/bin/bash
# ok: database-maintenance-present
psql -c "SELECT count(*) FROM orders"
