#!/bin/sh
docker build -t job ./job
