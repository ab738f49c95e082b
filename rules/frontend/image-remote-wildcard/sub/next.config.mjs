const config = {
  images: {
    remotePatterns: [
      // pass: image-remote-wildcard
      { protocol: "https", hostname: "*.example-cdn.com" },
    ],
  },
};
export default config;
