#!/bin/bash
trap 'kill $(jobs -p)' EXIT
# pass: background-process-unsupervised
python worker.py &
python main.py
