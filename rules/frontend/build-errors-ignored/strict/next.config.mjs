export default {
  typescript: {
    // pass: build-errors-ignored
    ignoreBuildErrors: false,
  },
  images: {
    // ok: build-errors-ignored
    unoptimized: true,
  },
}
