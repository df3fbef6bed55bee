/** Papers as offices and printers see them: a .docx opened by LibreOffice, the text of a PDF, its pages as small pictures. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { greyOf, type Picture, pagesOf, run } from './picture.ts'

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-pdf-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** By name: what LibreOffice makes of each .docx, headless and with a profile of its own. */
export function pdfsOf(docx: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return inFolder(folder => {
    for (const [name, bytes] of docx) writeFileSync(join(folder, `${name}.docx`), bytes)
    const files = [...docx.keys()].map(name => join(folder, `${name}.docx`))
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files])
    return new Map([...docx.keys()].map(name => [name, new Uint8Array(readFileSync(join(folder, `${name}.pdf`)))]))
  })
}

/** What can be read on its pages, in lines as they stand. */
export const textOf = (pdf: Uint8Array): string =>
  inFolder(folder => {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    return Buffer.from(run('pdftotext', ['-layout', join(folder, 'paper.pdf'), '-'])).toString('utf8')
  })

/** The same without line breaks and runs of spaces, for sentences that go over several lines. */
export const flowOf = (text: string): string => text.replaceAll(/\s+/g, ' ')

// ── golden pictures ─────────────────────────────────────────────────────────────────────────────────────────────

const GOLDEN = join(import.meta.dirname, 'golden')
/** Sixteen dots an inch: lines of text are stripes, whatever smooths their letters. */
const DPI = 16
/** Of 255, on average over a page, and over its worst block of eight by eight dots. */
const MOST = { page: 3, block: 48 }
const BLOCK = 8

/** How a printed paper differs from the pictures that were looked at and committed; nothing: it looks the same. */
export function differencesFrom(name: string, pdf: Uint8Array): readonly string[] {
  const pages = pagesOf(pdf, DPI)
  const golden = readdirSync(GOLDEN)
    .filter(file => file.startsWith(`${name}-`))
    .sort()
    .map(file => greyOf(new Uint8Array(readFileSync(join(GOLDEN, file)))))
  if (golden.length !== pages.length) return [`${name}: ${pages.length} pages, ${golden.length} before`]
  return pages.flatMap((page, i) => difference(page, golden[i]!).map(found => `${name}, page ${i + 1}: ${found}`))
}

/** Takes this print for what it has to look like from now on: with GOLDEN=write in the environment, after looking at it. */
export function writeGolden(name: string, pdf: Uint8Array): void {
  if (process.env.GOLDEN !== 'write') return
  mkdirSync(GOLDEN, { recursive: true })
  for (const old of readdirSync(GOLDEN)) if (old.startsWith(`${name}-`)) rmSync(join(GOLDEN, old))
  inFolder(folder => {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    pagesOf(pdf, DPI).forEach((_, i) => {
      const page = ['-f', String(i + 1), '-singlefile']
      const at = join(GOLDEN, `${name}-${i + 1}`)
      run('pdftoppm', ['-r', String(DPI), '-gray', '-png', ...page, join(folder, 'paper.pdf'), at])
    })
  })
}

function difference(a: Picture, b: Picture): readonly string[] {
  if (a.width !== b.width || a.height !== b.height) return [`${a.width} × ${a.height}, ${b.width} × ${b.height} before`]
  const dots = a.grey.map((dot, i) => Math.abs(dot - b.grey[i]!))
  const mean = average([...dots])
  const worst = Math.max(...blocksOf(dots, a.width, a.height).map(average))
  return [
    ...(mean > MOST.page ? [`differs by ${mean.toFixed(1)} on average`] : []),
    ...(worst > MOST.block ? [`differs by ${worst.toFixed(1)} in one place`] : []),
  ]
}

const average = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

function blocksOf(dots: Uint8Array, width: number, height: number): readonly (readonly number[])[] {
  const steps = (length: number) => Array.from({ length: Math.floor(length / BLOCK) }, (_, i) => i * BLOCK)
  return steps(height).flatMap(y =>
    steps(width).map(x =>
      Array.from({ length: BLOCK * BLOCK }, (_, i) => dots[(y + Math.floor(i / BLOCK)) * width + x + (i % BLOCK)]!),
    ),
  )
}
