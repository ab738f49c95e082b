import treeward from './index.js'

export const { audit, scanText, Auditor, Audit, Session, version } = treeward
export const { TreewardError, UnreadableError, RuleError, DataError, QueryError, UsageError, RefusedError, CancelledError } = treeward
export default treeward
