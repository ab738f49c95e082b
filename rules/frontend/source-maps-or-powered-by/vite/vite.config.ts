import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    // ruleid: source-maps-or-powered-by
    sourcemap: true,
  },
})
