/**
 * Builds the pages into `dist/`, one folder per person with nothing shared, so that the voting page's files can be
 * hashed and pinned alone. For Chrome 90 and Safari 15 and later. The same sources give the same bytes.
 */
import { join } from 'node:path'
import { build } from 'vite'

export const PAGES = ['voter', 'trustee', 'organiser', 'hall', 'verifier'] as const

const here = import.meta.dirname
// Whoever builds, a test too, builds the same bytes.
process.env.NODE_ENV = 'production'

for (const page of process.argv.length > 2 ? process.argv.slice(2) : PAGES)
  await build({
    configFile: false,
    root: join(here, page),
    base: `/${page}/`,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: join(here, '..', 'dist', page),
      emptyOutDir: true,
      target: ['chrome90', 'safari15'],
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
    },
    worker: { format: 'es' },
  })
