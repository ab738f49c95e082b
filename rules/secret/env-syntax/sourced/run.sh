#!/bin/sh
. ./.env
