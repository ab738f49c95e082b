#!/usr/bin/env node
// The command `treeward`, the same that Cargo and pip install.
'use strict'

process.exitCode = require('../native').load().run(['treeward', ...process.argv.slice(2)])
