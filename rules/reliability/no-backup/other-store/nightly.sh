#!/bin/sh
docker exec db pg_dump -U app app > /srv/dumps/app.sql
