module.exports = {
  images: {
    remotePatterns: [
      // ruleid: image-remote-wildcard
      { protocol: 'https', hostname: '**' },
      // pass: image-remote-wildcard
      { protocol: 'https', hostname: 'cdn.shop.example' },
    ],
  },
}
