export default {
  images: {
    unoptimized: true,
    remotePatterns: [
      // ok: image-remote-wildcard
      { protocol: "https", hostname: "**" },
    ],
  },
};
