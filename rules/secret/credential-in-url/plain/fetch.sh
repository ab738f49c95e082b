#!/bin/sh
# ruleid: credential-in-url
git clone https://bot:Zk1Lm9Pwq8X3@git.internal/team/app.git
