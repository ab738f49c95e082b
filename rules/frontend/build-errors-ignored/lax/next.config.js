module.exports = {
  typescript: {
    // ruleid: build-errors-ignored
    ignoreBuildErrors: true,
  },
  eslint: {
    // ruleid: build-errors-ignored
    ignoreDuringBuilds: true,
  },
}
