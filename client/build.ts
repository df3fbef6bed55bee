/**
 * Builds the pages into `dist/`, one folder per person with nothing shared, so that the voting page's files can be
 * hashed and pinned alone; and the verifier once more as a single file, for archives. For Chrome 90 and Safari 15 and
 * later. The same sources give the same bytes. Arguments: which pages, all without any; DIST: into another folder.
 */
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import { sha256 } from '../crypto/transcript.ts'

export const PAGES = ['voter', 'trustee', 'organiser', 'hall', 'verifier', 'rules', 'leader', 'forms'] as const

const here = import.meta.dirname
// Whoever builds, a test too, builds the same bytes.
process.env.NODE_ENV = 'production'

const FILE = 'verifier-file'
const dist = process.env.DIST ?? join(here, '..', 'dist')

for (const page of process.argv.length > 2 ? process.argv.slice(2) : [...PAGES, FILE])
  await build({
    configFile: false,
    root: join(here, page === FILE ? 'verifier' : page),
    base: `/${page}/`,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: join(dist, page),
      emptyOutDir: true,
      target: ['chrome90', 'safari15'],
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      ...(page === FILE
        ? {
            cssCodeSplit: false,
            rolldownOptions: { input: join(here, 'verifier', 'verifier.html'), output: { format: 'iife' } },
          }
        : {}),
    },
    worker: { format: 'es' },
    plugins: page === FILE ? [oneFile()] : [lateParts(page)],
  })

/**
 * What comes later comes with its style sheet, and nothing else is fetched ahead: in place of Vite's helper for that, which
 * does more than these pages ask for and would be half a kilobyte of the voter's first load.
 */
function lateParts(page: string): Plugin {
  const helper = (id: string) => id.endsWith('vite/preload-helper.js')
  const program = `
    const sheets = {}
    const sheet = href => sheets[href] ??= new Promise((loaded, failed) => {
      const link = document.createElement('link')
      link.rel = 'stylesheet'
      link.href = '/${page}/' + href
      link.onload = loaded
      link.onerror = () => {
        delete sheets[href]
        failed()
      }
      document.head.append(link)
    })
    export const __vitePreload = async (load, files = []) => {
      await Promise.all(files.filter(file => file.endsWith('.css')).map(sheet))
      return load()
    }`
  return {
    name: 'late-parts',
    enforce: 'pre',
    resolveId: id => (helper(id) ? id : null),
    load: id => (helper(id) ? program : null),
  }
}

/**
 * Puts the page's one script and one style sheet into the page itself, under a policy that allows these two by their
 * hashes and nothing else: whatever it might be made to do, it reaches no network.
 */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle)
      const [page, style, ...others] = ['.html', '.css'].flatMap(end => files.filter(f => f.fileName.endsWith(end)))
      const [script, ...chunks] = files.filter(file => file.type === 'chunk')
      if (page?.type !== 'asset' || style?.type !== 'asset' || !script || others.length + chunks.length > 0)
        throw new Error(`not one page, one style, one script: ${Object.keys(bundle)}`)
      const css = String(style.source).trim()
      // The only text that would end a script early.
      const program = script.code.trim().replaceAll('</script', '<\\/script')
      const policy = [
        "default-src 'none'",
        `script-src ${hashSource(program)} blob:`,
        'worker-src blob:',
        `style-src ${hashSource(css)}`,
        'img-src data:',
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
      ].join('; ')
      page.source = String(page.source)
        .replace(/^\s*<(script|link) [^>]*(src="[^"]*"><\/script|rel="stylesheet"[^>]*)>\n/gm, '')
        .replace(
          '<meta charset="utf-8">',
          tag => `${tag}\n    <meta http-equiv="content-security-policy" content="${policy}">`,
        )
        .replace('</head>', tag => `  <style>${css}</style>\n  ${tag}`)
        .replace('</body>', tag => `  <script>${program}</script>\n  ${tag}`)
      delete bundle[style.fileName]
      delete bundle[script.fileName]
    },
  }
}

/** As a content policy names a text. */
function hashSource(text: string): string {
  return `'sha256-${Buffer.from(sha256(Buffer.from(text, 'utf8'))).toString('base64')}'`
}
