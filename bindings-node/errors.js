// What treeward throws and rejects with. Trouble with single files of a tree is no error: it is told in `errors` and `skipped` of the audit.
'use strict'

class TreewardError extends Error {
  constructor(message, code = 'ERR_TREEWARD_INTERNAL') {
    super(message)
    this.name = new.target.name
    this.code = code
  }
}

class UnreadableError extends TreewardError {
  constructor(message, path) {
    super(message, 'ERR_TREEWARD_UNREADABLE')
    this.path = path
  }
}

class RuleError extends TreewardError {
  constructor(message, errors) {
    super(message, 'ERR_TREEWARD_RULES')
    this.errors = errors
  }
}

class DataError extends TreewardError {
  constructor(message, file, line, reason) {
    super(message, 'ERR_TREEWARD_DATA')
    Object.assign(this, { file, line, reason })
  }
}

class QueryError extends TreewardError {
  constructor(message) {
    super(message, 'ERR_TREEWARD_QUERY')
  }
}

class UsageError extends TreewardError {
  constructor(message) {
    super(message, 'ERR_TREEWARD_USAGE')
  }
}

class RefusedError extends TreewardError {
  constructor(message, path) {
    super(message, 'ERR_TREEWARD_REFUSED')
    this.path = path
  }
}

class CancelledError extends TreewardError {
  constructor(message) {
    super(message, 'ERR_TREEWARD_CANCELLED')
  }
}

/** The typed error for one of the compiled engine, whose message is JSON; any other error as it is. */
function typed(error) {
  let told
  try {
    told = JSON.parse(error.message)
  } catch {
    return error
  }
  switch (told.kind) {
    case 'unreadable':
      return new UnreadableError(told.message, told.path)
    case 'rules':
      return new RuleError(told.message, told.errors)
    case 'data':
      return new DataError(told.message, told.file, told.line, told.reason)
    case 'query':
      return new QueryError(told.message)
    case 'usage':
      return new UsageError(told.message)
    case 'refused':
      return new RefusedError(told.message, told.path)
    case 'cancelled':
      return new CancelledError(told.message)
    default:
      return new TreewardError(told.message)
  }
}

module.exports = { TreewardError, UnreadableError, RuleError, DataError, QueryError, UsageError, RefusedError, CancelledError, typed }
