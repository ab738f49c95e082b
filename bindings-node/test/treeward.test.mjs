// Tests of the packed package, installed in an empty folder as a user would.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(new URL('..', import.meta.url))
const corpus = join(here, '..', 'corpus')
const user = mkdtempSync(join(tmpdir(), 'treeward-user-'))
const tree = join(user, 'tree')
const rules = join(user, 'rules.yaml')
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' })
const command = (...args) => spawnSync(join(user, 'node_modules', '.bin', 'treeward'), args, { cwd: user, encoding: 'utf8', shell: process.platform === 'win32' })

const OWN_RULE = `
rules:
  - id: python-file
    severity: HIGH
    message: "\`{name}\` is Python"
    metadata: {area: testing, confidence: high, remediation: Write it in something else}
    query: SELECT span, name, 'file ' || name AS subject, 'fail' AS verdict FROM file WHERE artifact = 'python'
`
const own = { rules, builtin: false }

let treeward
before(() => {
  npm(['pack', '--silent', '--pack-destination', user], here)
  const tarball = readdirSync(user).find((name) => name.endsWith('.tgz'))
  npm(['init', '--yes', '--silent'], user)
  npm(['install', '--offline', '--no-audit', '--no-fund', join(user, tarball)], user)
  treeward = createRequire(join(user, 'index.js'))('treeward')
  mkdirSync(join(tree, 'app'), { recursive: true })
  writeFileSync(join(tree, 'app', 'main.py'), 'import os\n')
  writeFileSync(join(tree, 'docker-compose.yml'), 'services:\n  web:\n    image: nginx\n')
  writeFileSync(rules, OWN_RULE)
})
after(() => rmSync(user, { recursive: true, force: true }))

describe('an audit', () => {
  test('finds what the rules look for', async () => {
    const audit = await treeward.audit(tree, own)
    assert.deepEqual(audit.findings.map((at) => [at.ruleId, at.path, at.start.line, at.severity]), [['python-file', 'app/main.py', 1, 'high']])
    assert.equal(audit.checks[0].verdict, 'fail')
    assert.deepEqual(audit.errors, [])
    assert.equal(audit.root, tree)
  })

  test('takes a URL as its path', async () => {
    assert.equal((await treeward.audit(pathToFileURL(tree), own)).findings.length, 1)
  })

  test('gives facts by table and by query', async () => {
    const audit = await treeward.audit(tree, own)
    const paths = (await audit.facts('file')).map((row) => row.path)
    assert.ok(paths.includes('app/main.py') && paths.includes('docker-compose.yml'))
    assert.deepEqual(await audit.query("SELECT count(*) AS n FROM file WHERE artifact = 'python'"), [{ n: 1 }])
  })

  test('renders SARIF and the JSON format', async () => {
    const audit = await treeward.audit(tree, own)
    const sarif = JSON.parse(audit.toSarif())
    assert.equal(sarif.version, '2.1.0')
    assert.equal(sarif.runs[0].results.length, 1)
    assert.equal(JSON.parse(JSON.stringify(audit)).findings[0].rule_id, 'python-file')
  })

  test('takes data tables in place of the built-in ones, and tells their dates', async () => {
    const [shop, data] = [join(user, 'shop'), join(user, 'data')]
    mkdirSync(shop)
    mkdirSync(data)
    writeFileSync(join(shop, 'compose.yaml'), 'services:\n  db:\n    image: postgres:16\n')
    const product = 'products:\n  - {product: postgresql, title: PostgreSQL, images: [postgres]}\n'
    writeFileSync(join(data, 'support.yaml'), `date: 2030-02-03\nreleases:\n  - {product: postgresql, cycle: '16', end: 2028-11-09}\n${product}`)
    const select = 'deps/runtime-support-status'
    assert.deepEqual((await treeward.audit(shop, { select })).findings, [])
    const audit = await treeward.audit(shop, { select, data: pathToFileURL(data), auditDate: '2030-03-01' })
    assert.deepEqual(audit.findings.map((at) => at.ruleId), [select])
    assert.ok(audit.data.some(({ name, date }) => name === 'support' && date === '2030-02-03'))
  })

  test('takes evidence of a running system', async () => {
    const saved = join(user, 'saved')
    mkdirSync(saved)
    const container = { Name: '/web-1', RestartCount: 9, State: { Status: 'restarting' }, HostConfig: {}, Config: { Env: ['KEY=k2J9x0vLqP4m'] } }
    writeFileSync(join(saved, 'inspect.json'), JSON.stringify([container]))
    const audit = await treeward.audit(tree, { select: 'evidence', evidence: saved })
    assert.deepEqual(audit.findings.map((at) => [at.ruleId, at.path]), [['evidence/restart-loop', 'saved/inspect.json']])
    assert.ok(!JSON.stringify(audit).includes('k2J9x0vLqP4m'))
  })

  test('tells its progress', async () => {
    const told = []
    await treeward.audit(tree, { ...own, onProgress: (progress) => told.push(progress) })
    assert.ok(told.some(({ stage, done, total }) => stage === 'analyze' && done === 2 && total === 2), JSON.stringify(told))
  })

  test('leaves the event loop free', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const running = treeward.audit(here.replace(/bindings-node.?$/, ''), own).finally(() => clearInterval(timer))
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.ok(ticks > 0)
    await running
  })

  test('of a text needs no tree, and counts columns in UTF-16 code units', async () => {
    const rule = join(user, 'system.yaml')
    const query = "SELECT span, callee AS subject, 'fail' AS verdict FROM python_call WHERE callee = 'os.system'"
    const metadata = '{area: security, confidence: high, remediation: No}'
    writeFileSync(rule, `rules:\n  - id: system\n    message: os.system\n    severity: HIGH\n    metadata: ${metadata}\n    query: ${query}\n`)
    const line = '"😀"; os.system(x)'
    const { findings } = await treeward.scanText(`import os\n${line}\n`, 'main.py', { rules: rule, builtin: false })
    assert.deepEqual(findings.map(({ start }) => [start.line, start.column]), [[2, line.indexOf('os.system') + 1]])
  })
})

describe('an abort', () => {
  test('before the start and with any reason rejects with that reason', async () => {
    await assert.rejects(treeward.audit(tree, { signal: AbortSignal.abort(new RangeError('enough')) }), RangeError)
  })

  test('stops a running audit', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    await assert.rejects(treeward.audit(wide(), { ...own, threads: 1, signal: controller.signal, onProgress }), { name: 'AbortError' })
  })

  test('is made by what `onProgress` throws', async () => {
    const onProgress = () => {
      throw new RangeError('mine')
    }
    await assert.rejects(treeward.audit(wide(), { ...own, threads: 1, onProgress }), /mine/)
  })

  // Enough files that an audit is not over before the event loop turns.
  function wide() {
    const folder = join(user, 'wide')
    if (!existsSync(folder)) {
      mkdirSync(folder)
      for (let at = 0; at < 3000; at++) writeFileSync(join(folder, `m${at}.py`), 'x = [f(1), g(2)]\n'.repeat(200))
    }
    return folder
  }
})

describe('a session', () => {
  const load = "import yaml\n\n'😀'; yaml.load(open('a.yml'))\n"
  const select = 'python/unsafe-yaml-load'
  const main = 'app/main.py'

  test('gives the findings that an edit changed, with columns in UTF-16 code units', async () => {
    const session = await new treeward.Auditor({ select }).openSession(tree)
    const changes = await session.update(main, load)
    const column = load.split('\n')[2].indexOf('yaml.load') + 1
    assert.deepEqual([...changes.keys()], [main])
    assert.deepEqual(changes.get(main).map(({ ruleId, start }) => [ruleId, start.line, start.column]), [[select, 3, column]])
    assert.deepEqual(await session.findings(pathToFileURL(join(tree, main))), changes.get(main))
    assert.deepEqual(await session.close(main), new Map([[main, []]]))
    assert.deepEqual(await session.findings('no/such.py'), [])
  })

  test('says what an audit of the tree says when it is written out', async () => {
    const written = join(user, 'written')
    mkdirSync(join(written, 'app'), { recursive: true })
    for (const path of [main, 'docker-compose.yml']) writeFileSync(join(written, path), '')
    const auditor = new treeward.Auditor()
    const session = await auditor.openSession(written)
    await session.update(main, load)
    await session.remove('docker-compose.yml')
    writeFileSync(join(written, main), load)
    rmSync(join(written, 'docker-compose.yml'))
    assert.equal((await session.audit()).render('json'), (await auditor.audit(written)).render('json'))
  })

  for (const readme of ['README.md', 'bindings-node/README.md']) {
    test(`runs as ${readme} shows`, () => {
      const blocks = [...readFileSync(join(here, '..', readme), 'utf8').matchAll(/```js\n(.*?)```/gs)].map(([, block]) => block)
      const example = blocks.find((block) => block.includes('openSession')).replace(/^import .*\n/gm, '')
      const script = `import { audit, Auditor } from '${pathToFileURL(join(user, 'node_modules/treeward/index.mjs'))}'\n${example}\nconsole.log(changed.get('app/main.py')[0].ruleId)`
      const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: tree, encoding: 'utf8' })
      assert.equal(told.trim().split('\n').at(-1), select)
    })
  }

  test('takes its steps in the order of the calls', async () => {
    const session = await new treeward.Auditor({ select }).openSession(tree)
    const steps = Array.from({ length: 20 }, (_, at) => session.update(main, at % 2 ? load : ''))
    const told = await Promise.all(steps)
    assert.deepEqual(told.map((changes) => changes.get(main)?.length), [undefined, ...Array.from({ length: 19 }, (_, at) => 1 - (at % 2))])
  })

  test('refuses what is no file of the tree, and texts that no audit reads', async () => {
    const session = await new treeward.Auditor(own).openSession(tree)
    for (const [path, text, why] of [['../a.py', '', /outside/], ['app', '', /folder/], ['a.py', '\0', /binary/]]) {
      await assert.rejects(session.update(path, text), (error) => error instanceof treeward.RefusedError && error.path === path && why.test(error.message))
    }
    assert.equal((await session.audit()).findings.length, 1)
    await assert.rejects(new treeward.Auditor(own).openSession(join(user, 'nowhere')), treeward.UnreadableError)
  })
})

describe('errors are typed', () => {
  const rejects = async (promise, type, check) =>
    assert.rejects(promise, (error) => error instanceof treeward[type] && error instanceof treeward.TreewardError && error.name === type && check(error))

  test('a missing path', () =>
    rejects(treeward.audit(join(user, 'nowhere')), 'UnreadableError', ({ code, path }) => code === 'ERR_TREEWARD_UNREADABLE' && path.endsWith('nowhere')))

  test('a wrong rule file', async () => {
    const bad = join(user, 'bad.yaml')
    writeFileSync(bad, 'rules:\n  - id: broken\n    severity: HIGH\n    mesage: typo\n')
    await rejects(treeward.audit(tree, { rules: bad }), 'RuleError', ({ errors }) => errors.some((at) => at.file.endsWith('bad.yaml') && at.line === 4 && at.rule === 'broken'))
  })

  test('a wrong data table', async () => {
    const data = join(user, 'bad-data')
    mkdirSync(data)
    writeFileSync(join(data, 'ports.yaml'), 'date: 2030-01-02\nports:\n  - {port: many}\n')
    await rejects(treeward.audit(tree, { data }), 'DataError', ({ file, line, reason }) => file.endsWith('ports.yaml') && line === 3 && reason.includes('number'))
  })

  test('a wrong query', async () => {
    const audit = await treeward.audit(tree, own)
    await rejects(audit.query('SELECT * FROM nothing'), 'QueryError', ({ message }) => message.includes('nothing'))
    await rejects(audit.query('DELETE FROM file'), 'QueryError', () => true)
    await rejects(audit.facts('file; DROP TABLE file'), 'QueryError', () => true)
  })

  test('a wrong option', async () => {
    await rejects(treeward.audit(tree, { minSeverity: 'worst' }), 'UsageError', ({ message }) => message.includes('critical'))
    await rejects(treeward.audit(tree, { treads: 2 }), 'UsageError', ({ message }) => message.includes('treads'))
    await rejects(new treeward.Auditor({ select: 'no-such-rule' }).ready(), 'UsageError', ({ message }) => message.includes('no-such-rule'))
  })
})

describe('the package', () => {
  test('has the same names for `import` as for `require`', () => {
    const script = "import * as t from 'treeward'; console.log(Object.keys(t.default).every((name) => t[name] === t.default[name]), t.version)"
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: user, encoding: 'utf8' })
    assert.equal(told, `true ${treeward.version}\n`)
  })

  test('has types that a strict compiler takes', () => {
    const program = "import { audit, RuleError, type Finding, type Session } from 'treeward'\nconst run = async (): Promise<Finding[]> => [...(await audit('.', { threads: 1 })).findings]\nconst edit = async (session: Session): Promise<Finding[] | undefined> => (await session.update('a.py', '')).get('a.py')\nexport { run, edit, RuleError }\n"
    writeFileSync(join(user, 'program.mts'), program)
    writeFileSync(join(user, 'wrong.mts'), "import { audit } from 'treeward'\naudit('.', { treads: 1 })\n")
    const tsc = [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--strict', '--module', 'nodenext', '--typeRoots', join(here, 'node_modules', '@types')]
    const check = (file) => spawnSync(process.execPath, [...tsc, '--types', 'node', file], { cwd: user, encoding: 'utf8' })
    assert.equal(check('program.mts').stdout, '')
    assert.match(check('wrong.mts').stdout, /treads/)
  })

  test('brings the command, with its exit codes', () => {
    assert.equal(command('--version').stdout.trim(), `treeward ${treeward.version}`)
    assert.equal(command('audit', tree, '--rules', rules, '--select', 'python-file').status, 1)
    assert.equal(command('audit', tree, '--rules', rules, '--select', 'python-file', '--fail-on', 'critical').status, 0)
    const missing = command('audit', join(user, 'nowhere'))
    assert.equal(missing.status, 2)
    assert.match(missing.stderr, /nowhere/)
  })

  for (const [system, variant] of existsSync(corpus) ? systems() : []) {
    test(`gives the command's audit of ${system}/${variant}`, async () => {
      const path = join(corpus, system, variant)
      const told = command('audit', path, '--format', 'json')
      assert.equal((await treeward.audit(path)).render('json'), told.stdout)
    })
  }

  function systems() {
    const folders = (path) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    return folders(corpus).flatMap((system) => folders(join(corpus, system)).map((variant) => [system, variant]))
  }
})
