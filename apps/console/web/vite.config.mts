import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The running console, which the dev server forwards the API to. It accepts writes only if host and origin are the same. */
const CONSOLE = { target: process.env['SHOUHOU_API'] ?? 'http://127.0.0.1:8080', changeOrigin: false }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The console replaces it with a nonce of its own in each answer (content-policy.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        chunkFileNames: 'assets/part-[hash].js',
        // What the first screen needs is one file; otherwise it would be fifty small ones.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    // The console accepts requests from this machine only, so the dev server does too.
    host: '127.0.0.1',
    proxy: {
      // The live feed included; but not the page's own modules, which are in a folder `api`.
      '^/api/(?!.+\\.ts(?:\\?|$))': CONSOLE,
      '^/(?:docs|openapi\\.json|asyncapi\\.json)': CONSOLE,
    },
  },
})
