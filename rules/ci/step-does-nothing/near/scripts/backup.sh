#!/bin/sh
pg_dump shop > shop.sql
