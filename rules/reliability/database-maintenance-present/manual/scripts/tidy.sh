#!/bin/bash
# ruleid: database-maintenance-present
vacuumdb --all --analyze
