#!/bin/bash
# ruleid: database-maintenance-present
psql -c "REINDEX TABLE orders"
