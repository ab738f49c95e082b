module.exports = {
  // ruleid: static-export-limits
  output: 'export',
  async rewrites() {
    return [{ source: '/api/:path*', destination: 'http://api:8000/:path*' }]
  },
}
