import treeward from './index.js'

export const { audit, scanText, Auditor, Audit, version } = treeward
export const { TreewardError, UnreadableError, RuleError, DataError, QueryError, UsageError, CancelledError } = treeward
export default treeward
