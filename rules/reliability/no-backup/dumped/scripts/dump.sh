#!/bin/sh
pg_dump -h db app > /backups/app.sql
