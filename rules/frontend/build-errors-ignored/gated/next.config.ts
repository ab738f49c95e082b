import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  typescript: {
    // ok: build-errors-ignored
    tsconfigPath: "./tsconfig.build.json",
  },
};
export default config;
