#!/bin/sh
./stop.sh
sleep 2
./run.sh
./announce.sh
