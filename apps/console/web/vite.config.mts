import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The console app serves `dist` at `/`; for work on the page alone, `SHOUHOU_API` names a running console. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The console puts a nonce of its own into each answer (content-policy.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/api': process.env['SHOUHOU_API'] ?? 'http://127.0.0.1:8080' } },
})
