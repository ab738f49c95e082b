#!/bin/sh
curl -fsS -X POST http://localhost:6333/collections/docs/snapshots
