module.exports = {
  // ok: source-maps-or-powered-by
  output: 'export',
}
