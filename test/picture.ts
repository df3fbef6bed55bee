/** Reads QR codes out of pictures, as a phone's camera would: PNG in, texts out. `ffmpeg` and `pdftoppm` are Debian's. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeQR } from 'qr/decode.js'

export interface Picture {
  readonly width: number
  readonly height: number
  /** One byte a dot. */
  readonly grey: Uint8Array
}

export function run(command: string, args: readonly string[], input?: Uint8Array): Uint8Array {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    maxBuffer: 1 << 30,
    ...(input ? { input } : {}),
  })
  if (error) throw new Error(`${command} is needed. On Debian: apt-get install ffmpeg poppler-utils`)
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  return new Uint8Array(stdout)
}

/** Any picture file as grey dots. */
export function greyOf(file: Uint8Array): Picture {
  const bytes = run(
    'ffmpeg',
    ['-v', 'error', '-i', '-', '-f', 'image2pipe', '-c:v', 'pgm', '-pix_fmt', 'gray', '-'],
    file,
  )
  return readPgm(bytes)
}

function readPgm(bytes: Uint8Array): Picture {
  const head = Buffer.from(bytes.subarray(0, 60)).toString('latin1')
  const [header, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(head)!
  return { width: Number(width), height: Number(height), grey: bytes.subarray(header.length) }
}

/** A PDF's pages, so many dots an inch. */
export function pagesOf(pdf: Uint8Array, dpi = 200): readonly Picture[] {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-print-'))
  try {
    writeFileSync(join(folder, 'print.pdf'), pdf)
    run('pdftoppm', ['-r', String(dpi), '-gray', join(folder, 'print.pdf'), join(folder, 'page')])
    const names = readdirSync(folder).filter(name => name.endsWith('.pgm'))
    return names.sort().map(name => readPgm(new Uint8Array(readFileSync(join(folder, name)))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function cut({ width, grey }: Picture, x: number, y: number, w: number, h: number): Picture {
  const out = new Uint8Array(w * h)
  for (let row = 0; row < h; row++) out.set(grey.subarray((y + row) * width + x, (y + row) * width + x + w), row * w)
  return { width: w, height: h, grey: out }
}

/** What the one QR code in the picture says. */
export function qrIn({ width, height, grey }: Picture): string {
  const data = new Uint8Array(width * height * 4)
  grey.forEach((dot, i) => {
    data.fill(dot, i * 4, i * 4 + 3)
    data[i * 4 + 3] = 255
  })
  return decodeQR({ width, height, data })
}

/** Ten cards a sheet, two by five on A4: the texts of the QR codes that stand left on each. */
export function cardsOn(sheet: Picture): readonly string[] {
  const dots = (mm: number) => Math.round((mm * sheet.width) / 210)
  const [left, top] = [(210 - 180) / 2, (297 - 270) / 2]
  return Array.from({ length: 10 }, (_, i) => {
    const x = dots(left + (i % 2) * 90)
    const y = dots(top + Math.floor(i / 2) * 54)
    const card = cut(sheet, x, y, dots(45), dots(54))
    // The last sheet may have room left.
    return card.grey.some(dot => dot < 128) && hasQr(card) ? qrIn(card) : ''
  }).filter(text => text !== '')
}

/** A tenth of a card's half is black where a code stands, next to nothing where none does. */
const hasQr = ({ grey }: Picture): boolean => grey.filter(dot => dot < 128).length > grey.length / 10

/** A film of one picture, for the fake camera. */
export function filmOf(png: Uint8Array, file: string): void {
  run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-y',
      '-loop',
      '1',
      '-i',
      '-',
      '-t',
      '2',
      '-r',
      '10',
      '-vf',
      'scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:(ow-iw)/2:(oh-ih)/2:white',
      '-pix_fmt',
      'yuv420p',
      file,
    ],
    png,
  )
}
