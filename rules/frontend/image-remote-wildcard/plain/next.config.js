module.exports = {
  // ok: image-remote-wildcard
  images: { unoptimized: true, remotePatterns: [{ hostname: '**' }] },
}
