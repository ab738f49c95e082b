// Finds the compiled engine of this platform: beside this file, or in the package `@treeward/<platform>`.
'use strict'

function platform() {
  const { platform: system, arch } = process
  if (system === 'win32') return `win32-${arch}-msvc`
  if (system !== 'linux') return `${system}-${arch}`
  return `linux-${arch}-${process.report.getReport().header.glibcVersionRuntime ? 'gnu' : 'musl'}`
}

function load() {
  const name = platform()
  const reasons = []
  for (const place of [`./treeward.${name}.node`, `@treeward/${name}`]) {
    try {
      return require(place)
    } catch (error) {
      reasons.push(`${place}: ${error.message.split('\n')[0]}`)
    }
  }
  throw new Error(
    `treeward has no compiled engine for ${name}. If you use npm, remove node_modules and package-lock.json and install ` +
      `again (npm sometimes leaves optional packages out); else build it with \`npm run build\`.\n${reasons.join('\n')}`,
  )
}

module.exports = { platform, load }
