#!/bin/bash
# pass: database-maintenance-present
vacuumdb --all --analyze
