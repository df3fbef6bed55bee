/**
 * Builds the Worker into `dist-worker/`: the program, and beside it what only some requests need. What is uploaded is
 * these very files (`no_bundle` in `wrangler.toml`); the same sources give the same bytes. Called by wrangler. The pages
 * come first, since their hash goes in. Arguments: another entry and another folder, for tests.
 */
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build, esmExternalRequirePlugin, type Plugin } from 'vite'

const root = join(import.meta.dirname, '..', '..')
const [entry = join(root, 'server', 'worker.ts'), outDir = join(root, 'dist-worker')] = process.argv.slice(2)

// The platform knows Node's modules by their full names alone.
const paths = Object.fromEntries(builtinModules.map(name => [name, `node:${name.replace(/^node:/, '')}`]))

await build({
  configFile: false,
  root,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  resolve: { conditions: ['workerd', 'worker', 'module'], mainFields: ['module', 'main'] },
  build: {
    ssr: entry,
    outDir,
    emptyOutDir: true,
    target: 'es2024',
    minify: true,
    reportCompressedSize: false,
    rolldownOptions: {
      external: [/^cloudflare:/],
      output: { entryFileNames: 'worker.js', chunkFileNames: '[name]-[hash].js', format: 'es', paths },
    },
  },
  plugins: [baked(), esmExternalRequirePlugin({ external: [...builtinModules, /^node:/] })],
})

/** The values of `server/baked.ts` in place of what makes them. */
function baked(): Plugin {
  const file = join(root, 'server', 'baked.ts')
  return {
    name: 'baked',
    enforce: 'pre',
    load: async id => {
      if (id !== file) return null
      const values = Object.entries(await import(file))
      return values.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n')
    },
  }
}
