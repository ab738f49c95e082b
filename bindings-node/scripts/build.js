// Builds the engine for this platform and puts it beside `index.js`, where `native.js` looks first.
// TREEWARD_PROFILE names another Cargo profile than `release`.
'use strict'

const { execFileSync } = require('node:child_process')
const { copyFileSync } = require('node:fs')
const { join } = require('node:path')
const { platform } = require('../native')

const folder = join(__dirname, '..')
const profile = process.env.TREEWARD_PROFILE || 'release'
const manifest = join(folder, 'Cargo.toml')
const cargo = ['build', '--locked', '--profile', profile, '--manifest-path', manifest, '--message-format', 'json-render-diagnostics']
const messages = execFileSync('cargo', cargo, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 })

const library = messages
  .toString()
  .split('\n')
  .filter((line) => line.includes('"treeward_node"'))
  .flatMap((line) => JSON.parse(line).filenames || [])
  .find((name) => /\.(so|dylib|dll)$/.test(name))

copyFileSync(library, join(folder, `treeward.${platform()}.node`))
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
  copyFileSync(join(folder, '..', licence), join(folder, licence))
}
