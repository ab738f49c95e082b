/** How bad a finding is. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical'

/** How likely a finding is right: high over 95 %, medium over 80 %. */
export type Confidence = 'low' | 'medium' | 'high'

/** What a rule says of one subject, or of all its subjects together. */
export type Verdict = 'pass' | 'fail' | 'unknown' | 'not_applicable'

/** The part of production readiness that a check is about. */
export type Area =
  | 'security'
  | 'performance'
  | 'scalability'
  | 'reliability'
  | 'operations'
  | 'observability'
  | 'privacy'
  | 'testing'
  | 'deployment'
  | 'dependencies'
  | 'integration'
  | 'manageability'

/** A place in a text. Lines and columns count from 1, columns in UTF-16 code units as JavaScript strings do; `offset` counts bytes. */
export interface Position {
  line: number
  column: number
  offset: number
}

/** A place in a file; `end` is one past the last character. */
export interface Location {
  /** From the audited root, with forward slashes. */
  path: string
  start: Position
  end: Position
}

/** A further place that a finding is about. */
export interface Related extends Location {
  message: string
  /** Why it is named; the places of a flow of data are in its order. */
  role: 'related' | 'source' | 'step' | 'sink'
}

/** A change of one file's text. */
export interface Edit extends Location {
  text: string
}

/** How a finding can be mended by machine; `safe` where behaviour is kept. */
export interface Fix {
  edits: Edit[]
  safe: boolean
}

/** One thing that is wrong, at one place. */
export interface Finding extends Location {
  ruleId: string
  message: string
  severity: Severity
  area: Area
  confidence: Confidence
  /** What was judged, for example `service agent`. */
  subject: string
  snippet: string
  related: Related[]
  remediation: string
  fix: Fix | null
  /** Identity over time: it outlives blank lines, moves within a file and changes of the message. */
  fingerprint: string
  /** The same without the path, to know a finding again in a renamed file; not always unique. */
  fingerprintPathless: string
  metadata: Record<string, unknown>
}

/** One subject that a rule judged. */
export interface Evidence extends Location {
  subject: string
  verdict: Verdict
  note?: string
}

/** What one rule says of the tree. */
export interface Check {
  ruleId: string
  title: string
  area: Area
  verdict: Verdict
  subjects: number
  failed: number
  unknown: number
  evidence: Evidence[]
}

/** A path that was not read, and why. */
export interface Skipped {
  path: string
  reason: string
}

/** Trouble that cost a part of the audit. */
export interface Problem {
  message: string
  path?: string
  ruleId?: string
}

/** A dated table of facts about the world that an audit relied on. */
export interface DataTable {
  name: string
  /** The day that it was last looked through, as `YYYY-MM-DD`. */
  date: string
}

/** A row of the facts. An integer that a JavaScript number cannot hold, such as a span, is a string. */
export type Row = Record<string, null | number | string>

/**
 * What is wrong in a tree, what every rule says of it, and what could not be read. The data is that of the JSON format, with keys in camel case and
 * columns in UTF-16 code units.
 */
export class Audit {
  private constructor()
  /** The audited path, as given. */
  readonly root: string
  /** What is wrong, sorted by path, place and rule. */
  readonly findings: readonly Finding[]
  /** What every rule says, good and bad, sorted by rule. */
  readonly checks: readonly Check[]
  /** What was not read, and why. */
  readonly skipped: readonly Skipped[]
  /** What went wrong during the audit. */
  readonly errors: readonly Problem[]
  /** The data tables that it relied on, sorted by name. */
  readonly data: readonly DataTable[]
  /** Milliseconds by stage and, under `rule:<id>`, by rule; only where asked for. */
  readonly timings: Readonly<Record<string, number>> | undefined
  /** The rows that an SQL query over the facts gives. They are stated on the first call, from the tree as it is then. */
  query<R = Row>(sql: string): Promise<R[]>
  /** Every row of one table or view of the facts, with the `path` and `line` that state it where it has no columns of these names. */
  facts<R = Row>(table: string): Promise<R[]>
  /** The audit in any format of the command line: `text`, `json`, `sarif`, `markdown`, `html` … */
  render(format: string): string
  /** The findings as SARIF 2.1.0. */
  toSarif(): string
  /** The audit in its JSON format, whose schema is published: keys in snake case, columns in code points. */
  toJSON(): unknown
}

/** Which rules are run, and how. */
export interface AuditorOptions {
  /** Files or folders of rules, in addition to the built-in ones. */
  rules?: string | URL | readonly (string | URL)[]
  /** `false` leaves the built-in rules out. */
  builtin?: boolean
  /** Ids, folders (`compose`), areas (`security`), profiles or globs of rules to run. */
  select?: string | readonly string[]
  /** The same for rules to leave out; wins over `select`. */
  ignore?: string | readonly string[]
  /** The least severity of a rule that is run. */
  minSeverity?: Severity
  /** Globs of paths to leave out, as in `.gitignore`. */
  exclude?: string | readonly string[]
  /** Threads to use; 0, the default, means one a core. */
  threads?: number
  /** Whether the audit tells what each stage and rule cost. */
  timings?: boolean
  /** The day that checks of dates count from, as `YYYY-MM-DD`. */
  auditDate?: string
  /** A folder of data tables that take the place of the built-in ones. */
  data?: string | URL
  /** A folder with saved output of the running system (`docker inspect` and the like). */
  evidence?: string | URL
}

/** How far an audit is. */
export interface Progress {
  stage: 'collect' | 'analyze' | 'judge'
  done: number
  /** 0 while not known. */
  total: number
}

/** What may be done to a running audit. */
export interface RunOptions {
  /** Stops the audit; its promise is then rejected with the signal's reason. */
  signal?: AbortSignal
  /** Told now and then; what it throws stops the audit and rejects its promise. */
  onProgress?: (progress: Progress) => void
}

/** Compiled rules, ready to audit trees. Make it once and use it often. */
export class Auditor {
  constructor(options?: AuditorOptions)
  /** Resolves when the rules are compiled; a wrong rule is told here or on first use. */
  ready(): Promise<this>
  /** Audits the tree at `path`, off the event loop. */
  audit(path: string | URL, options?: RunOptions): Promise<Audit>
  /** Opens an editor's session on the tree at `path` and audits it; then each edit tells what it changed. */
  openSession(path: string | URL, options?: RunOptions): Promise<Session>
  /** Audits one text as if it stood at `path` in a tree of its own. The path tells what it is; nothing is read from it. */
  scanText(text: string, path: string | URL): Promise<Audit>
}

/** The files whose findings a step changed, each with all findings that it has then: none where it lost them. */
export type Changes = Map<string, Finding[]>

/**
 * What an audit of the tree would say if the texts in memory were written out, kept up to date edit by edit: `Auditor.openSession` opens one. Paths are
 * from the root of the tree, or absolute. A path that is no file of the tree, and a text that no audit would read, reject with `RefusedError` and change
 * nothing. Steps are taken off the event loop, one after the other in the order of the calls.
 */
export class Session {
  private constructor()
  /** Puts `text` in the place of the file at `path`, which need not exist. Gives every file whose findings that changed. */
  update(path: string | URL, text: string): Promise<Changes>
  /** Takes the file at `path` away, whatever the disk says. */
  remove(path: string | URL): Promise<Changes>
  /** Goes back to what stands on disk at `path`, and reads it again. */
  close(path: string | URL): Promise<Changes>
  /** The findings of one file; none for a path that the session does not know. */
  findings(path: string | URL): Promise<Finding[]>
  /** The whole audit of the texts in memory over the tree on disk. */
  audit(): Promise<Audit>
}

/** Audits the tree at `path`, off the event loop. */
export function audit(path: string | URL, options?: AuditorOptions & RunOptions): Promise<Audit>

/** Audits one text as if it stood at `path`. */
export function scanText(text: string, path: string | URL, options?: AuditorOptions): Promise<Audit>

/** The version of treeward. */
export const version: string

/** The base of every error of treeward's; itself only where treeward is at fault (`ERR_TREEWARD_INTERNAL`). */
export class TreewardError extends Error {
  readonly code:
    | 'ERR_TREEWARD_INTERNAL'
    | 'ERR_TREEWARD_UNREADABLE'
    | 'ERR_TREEWARD_RULES'
    | 'ERR_TREEWARD_DATA'
    | 'ERR_TREEWARD_QUERY'
    | 'ERR_TREEWARD_USAGE'
    | 'ERR_TREEWARD_REFUSED'
    | 'ERR_TREEWARD_CANCELLED'
}

/** The path to audit, or a file of rules, is missing or cannot be read. */
export class UnreadableError extends TreewardError {
  readonly code: 'ERR_TREEWARD_UNREADABLE'
  /** The path as it was given. */
  readonly path: string
}

/** One thing that is wrong in a rule file, and where. */
export interface RuleProblem {
  file: string
  line: number
  column: number
  rule: string | null
  message: string
}

/** One or more rules are wrong; `errors` lists every problem with its place. */
export class RuleError extends TreewardError {
  readonly code: 'ERR_TREEWARD_RULES'
  readonly errors: readonly RuleProblem[]
}

/** A data table that was given in place of a built-in one is wrong. */
export class DataError extends TreewardError {
  readonly code: 'ERR_TREEWARD_DATA'
  readonly file: string
  readonly line: number
  /** What is wrong, without the place. */
  readonly reason: string
}

/** A query over the facts is wrong, does more than read, or takes too long. */
export class QueryError extends TreewardError {
  readonly code: 'ERR_TREEWARD_QUERY'
}

/** An option's value cannot be used. */
export class UsageError extends TreewardError {
  readonly code: 'ERR_TREEWARD_USAGE'
}

/** A session does not take a file, or a text for it: the message says why. */
export class RefusedError extends TreewardError {
  readonly code: 'ERR_TREEWARD_REFUSED'
  /** The path as it was given. */
  readonly path: string
}

/** The audit was stopped without a signal's reason. */
export class CancelledError extends TreewardError {
  readonly code: 'ERR_TREEWARD_CANCELLED'
}
