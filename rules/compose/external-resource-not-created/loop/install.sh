#!/bin/sh
for name in store cache; do
  $ENGINE volume create "$name"
done
