module.exports = {
  // ruleid: source-maps-or-powered-by
  productionBrowserSourceMaps: true,
  // pass: source-maps-or-powered-by
  poweredByHeader: false,
}
