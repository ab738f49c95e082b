module.exports = {
  // ruleid: source-maps-or-powered-by
  reactStrictMode: true,
}
