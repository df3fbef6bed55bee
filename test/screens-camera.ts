/**
 * The camera of `npm run screens`: pictures for `docs/screens/`, reduced to few colours. Whoever takes one sets the scene
 * first; a picture that nobody asked for is not taken.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { Shot } from './meeting.ts'
import { run } from './picture.ts'

export interface Camera {
  /** The whole page at 360 wide; what is wider on its own screen comes back to its size afterwards. */
  readonly phone: Shot
  /** One part of the page at 360 wide, from the first of these to the last, with a margin. */
  readonly part: (parts: Locator, name: string) => Promise<void>
  /** What stands on the screen, at the size that it has. */
  readonly wide: Shot
  /** Sheets that a printer would give, beside each other; page numbers from one. */
  readonly sheets: (name: string, pdf: Uint8Array, pages?: readonly number[]) => void
}

const PHONE = { width: 360, height: 740 } as const
const MARGIN = 12
/** Text and lines need no more colours. */
const FEW = 'split[a][b];[a]palettegen=max_colors=48:stats_mode=single[p];[b][p]paletteuse=dither=none'

const reduced = (png: Uint8Array): Uint8Array =>
  run('ffmpeg', ['-v', 'error', '-i', '-', '-vf', FEW, '-f', 'image2pipe', '-c:v', 'png', '-'], png)

/** Takes the pictures whose names begin with one of these words; all of them where there are none. */
export function cameraFor(out: string, words: readonly string[]): Camera {
  if (words.length === 0) rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const keep = (name: string, png: Uint8Array): void => writeFileSync(join(out, `${name}.png`), reduced(png))
  const wants = (name: string): boolean => words.length === 0 || words.some(word => name.startsWith(word))

  async function atPhoneSize(page: Page, take: () => Promise<void>): Promise<void> {
    const size = page.viewportSize()!
    await page.setViewportSize(PHONE)
    await page.evaluate(() => window.scrollTo(0, 0))
    await take()
    await page.setViewportSize(size)
  }

  return {
    phone: async (page, name) => {
      if (!wants(name)) return
      await atPhoneSize(page, async () => keep(name, await page.screenshot({ fullPage: true, animations: 'disabled' })))
    },
    part: async (parts, name) => {
      if (!wants(name)) return
      const page = parts.page()
      await atPhoneSize(page, async () => {
        const boxes = await parts.evaluateAll(all => all.map(one => one.getBoundingClientRect().toJSON() as DOMRect))
        const top = Math.max(0, Math.min(...boxes.map(box => box.top)) - MARGIN)
        const height = Math.max(...boxes.map(box => box.bottom)) + MARGIN - top
        const clip = { x: 0, y: top, width: PHONE.width, height }
        keep(name, await page.screenshot({ fullPage: true, animations: 'disabled', clip }))
      })
    },
    wide: async (page, name) => {
      if (wants(name)) keep(name, await page.screenshot({ animations: 'disabled' }))
    },
    sheets: (name, pdf, pages = [1]) => {
      if (wants(name)) keep(name, printed(pdf, pages))
    },
  }
}

const DOTS_PER_INCH = '80'

function printed(pdf: Uint8Array, pages: readonly number[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-sheets-'))
  try {
    writeFileSync(join(folder, 'all.pdf'), pdf)
    run('pdftoppm', ['-r', DOTS_PER_INCH, '-png', join(folder, 'all.pdf'), join(folder, 'sheet')])
    const all = readdirSync(folder).filter(name => name.endsWith('.png'))
    const chosen = pages.map(page => join(folder, all.sort()[page - 1]!))
    if (chosen.length === 1) return new Uint8Array(readFileSync(chosen[0]!))
    const edged = chosen.map((_, i) => `[${i}]pad=iw+8:ih+8:4:4:gray[${i}e]`)
    const row = `${edged.join(';')};${chosen.map((_, i) => `[${i}e]`).join('')}hstack=${chosen.length}`
    const inputs = chosen.flatMap(file => ['-i', file])
    return run('ffmpeg', ['-v', 'error', ...inputs, '-filter_complex', row, '-f', 'image2pipe', '-c:v', 'png', '-'])
  } finally {
    rmSync(folder, { recursive: true })
  }
}
