import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    // unknown: source-maps-or-powered-by
    sourcemap: true,
  },
})
