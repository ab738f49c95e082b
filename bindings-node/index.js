'use strict'

const { resolve } = require('node:path')
const { fileURLToPath } = require('node:url')
const { inspect } = require('node:util')
const { typed, ...errors } = require('./errors')
const native = require('./native').load()

/** The result of an audit. */
class Audit {
  #report
  #stateFacts
  #facts
  #data

  constructor(report, stateFacts) {
    this.#report = report
    this.#stateFacts = stateFacts
  }

  get #audit() {
    return (this.#data ??= inCamelCase(JSON.parse(this.#report.data())))
  }

  get root() {
    return this.#audit.root
  }

  get findings() {
    return this.#audit.findings
  }

  get checks() {
    return this.#audit.checks
  }

  get skipped() {
    return this.#audit.skipped
  }

  get errors() {
    return this.#audit.errors
  }

  get data() {
    return this.#audit.data
  }

  get timings() {
    return this.#audit.timings
  }

  async query(sql) {
    if (!this.#stateFacts) {
      throw new errors.QueryError('there are no facts: this audit is of a text or of a session; audit the tree to query it')
    }
    this.#facts ??= this.#stateFacts()
    try {
      return JSON.parse(await (await this.#facts).query(sql))
    } catch (error) {
      throw typed(error)
    }
  }

  async facts(table) {
    if (!/^\w+$/.test(table)) {
      throw new errors.QueryError(`\`${table}\` is no table of the facts: use its name alone, or \`query\` for SQL`)
    }
    const rows = await this.query(`SELECT * FROM ${table}`)
    if (!rows.length || !('span' in rows[0])) return rows
    return this.query(`SELECT path_of(span) AS path, line_of(span) AS line, * FROM ${table}`)
  }

  render(format) {
    try {
      return this.#report.render(format)
    } catch (error) {
      throw typed(error)
    }
  }

  toSarif() {
    return this.render('sarif')
  }

  toJSON() {
    return JSON.parse(this.render('json'))
  }

  [inspect.custom]() {
    const { root, findings, checks } = this.#audit
    return `Audit { root: '${root}', findings: ${findings.length}, checks: ${checks.length} }`
  }
}

/** Compiled rules, ready to audit trees. */
class Auditor {
  #native

  constructor(options = {}) {
    const { rules, select, ignore, exclude, data, evidence, ...rest } = options
    const folders = { data: data && pathOf(data), evidence: evidence && pathOf(evidence) }
    const lists = { rules: several(rules).map(pathOf), select: several(select), ignore: several(ignore), exclude: several(exclude) }
    this.#native = native.Auditor.compile(JSON.stringify({ ...rest, ...lists, ...folders }))
    this.#native.catch(() => {}) // whoever uses the auditor is told
  }

  async ready() {
    await this.#native.catch(rethrow)
    return this
  }

  async audit(path, { signal, onProgress } = {}) {
    signal?.throwIfAborted()
    const auditor = await this.#native.catch(rethrow)
    const given = pathOf(path)
    const root = resolve(given)
    const report = await watched((stop, tell) => auditor.audit(given, stop, tell), signal, onProgress)
    return new Audit(report, () => auditor.facts(root))
  }

  async openSession(path, { signal, onProgress } = {}) {
    signal?.throwIfAborted()
    const auditor = await this.#native.catch(rethrow)
    const given = pathOf(path)
    return new Session(await watched((stop, tell) => auditor.session(given, stop, tell), signal, onProgress))
  }

  async scanText(text, path) {
    const auditor = await this.#native.catch(rethrow)
    return new Audit(await auditor.scanText(pathOf(path), text).catch(rethrow))
  }
}

/** An editor's view of a tree: texts in memory over the tree on disk. */
class Session {
  #native
  #last = Promise.resolve()

  constructor(native) {
    this.#native = native
  }

  async update(path, text) {
    return changes(await this.#step((native) => native.update(pathOf(path), text)))
  }

  async remove(path) {
    return changes(await this.#step((native) => native.remove(pathOf(path))))
  }

  async close(path) {
    return changes(await this.#step((native) => native.close(pathOf(path))))
  }

  async findings(path) {
    const found = changes(await this.#step((native) => native.findings(pathOf(path))))
    return found.values().next().value
  }

  async audit() {
    return new Audit(await this.#step((native) => native.audit()))
  }

  /** Steps are taken one after the other, in the order of the calls. */
  #step(take) {
    const step = this.#last.then(() => take(this.#native))
    this.#last = step.catch(() => {})
    return step.catch(rethrow)
  }
}

/** Runs `start`, which `signal` can stop and `onProgress` follows. What `onProgress` throws ends it too. */
async function watched(start, signal, onProgress) {
  const stop = new native.Stop()
  const abort = () => stop.stop()
  let failure
  let isOver = false
  const tell = (stage, done, total) => {
    if (isOver) return
    try {
      onProgress({ stage, done, total })
    } catch (error) {
      failure ??= { error }
      stop.stop()
    }
  }
  signal?.throwIfAborted()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    return await start(stop, onProgress && tell)
  } catch (error) {
    if (failure) throw failure.error
    signal?.throwIfAborted()
    throw typed(error)
  } finally {
    isOver = true
    signal?.removeEventListener('abort', abort)
  }
}

async function audit(path, { signal, onProgress, ...options } = {}) {
  return new Auditor(options).audit(path, { signal, onProgress })
}

async function scanText(text, path, options) {
  return new Auditor(options).scanText(text, path)
}

/** The same with keys as JavaScript writes them; `metadata` and `timings` have keys of their own. */
function inCamelCase(value) {
  if (Array.isArray(value)) return value.map(inCamelCase)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => [
    key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
    key === 'metadata' || key === 'timings' ? item : inCamelCase(item),
  ])
  return Object.fromEntries(entries)
}

/** Findings by path: paths are no keys to be spelled otherwise. */
function changes(json) {
  return new Map(Object.entries(JSON.parse(json)).map(([path, findings]) => [path, inCamelCase(findings)]))
}

function several(value) {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function pathOf(path) {
  return path instanceof URL ? fileURLToPath(path) : path
}

function rethrow(error) {
  throw typed(error)
}

module.exports = { audit, scanText, Auditor, Audit, Session, version: native.version(), ...errors }
