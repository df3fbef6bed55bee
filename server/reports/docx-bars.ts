/** Stacked bars in .docx: cells as wide as their share, in greys that a black and white printer tells apart. */
import { Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { halfPoints, NO_BORDERS, paragraphOf, points, twips } from './docx-parts.ts'
import type { Block, Layout } from './form.ts'
import { textWidth } from './layout.ts'

type Bars = Extract<Block, { readonly kind: 'bars' }>

/** In millimetres. */
const LABEL = 55
/** A narrower part holds no number. */
const LEAST_FOR_NUMBER = 6
const SIZE = 9.5

/** From dark to light by place, with the ink that can be read on it; no grey stands for better or worse. */
const GREYS = ['404040', 'A6A6A6', '737373', 'D9D9D9', '8C8C8C', 'EDEDED'] as const
const inkOn = (grey: string): string => (Number.parseInt(grey.slice(0, 2), 16) < 0x80 ? 'FFFFFF' : '000000')

export function barsOf({ legend, rows }: Bars, layout: Layout): (Paragraph | Table)[] {
  const widths = [LABEL, textWidth(layout) - LABEL] as const
  return [
    new Paragraph({
      keepNext: true,
      spacing: { before: points(4), after: points(4) },
      children: legend.flatMap((label, i) => [
        new TextRun({
          text: '\u00a0\u00a0\u00a0\u00a0',
          size: halfPoints(SIZE),
          shading: { type: 'clear', fill: GREYS[i % GREYS.length]! },
          border: { style: 'single', size: 4, color: '000000', space: 0 },
        }),
        new TextRun({ text: `\u00a0${label}${i < legend.length - 1 ? '    ' : ''}`, size: halfPoints(SIZE) }),
      ]),
    }),
    new Table({
      layout: 'fixed',
      width: { size: twips(widths[0] + widths[1]), type: 'dxa' },
      columnWidths: widths.map(twips),
      borders: NO_BORDERS,
      margins: { left: 0, right: 0 },
      rows: rows.map(row => barRow(row, widths)),
    }),
    new Paragraph({ spacing: { line: points(8), lineRule: 'exact' } }),
  ]
}

const barRow = (
  { label, strong, counts, of }: Bars['rows'][number],
  [left, right]: readonly [number, number],
): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [
      new TableCell({
        width: { size: twips(left), type: 'dxa' },
        verticalAlign: 'center',
        children: [paragraphOf([{ text: label, ...(strong ? { bold: true } : {}) }], { size: SIZE })],
      }),
      new TableCell({
        width: { size: twips(right), type: 'dxa' },
        verticalAlign: 'center',
        margins: { top: points(2), bottom: 0 },
        // A cell ends with a paragraph; this one is as low as can be.
        children: [bar(counts, of, right), new Paragraph({ spacing: { line: points(1), lineRule: 'exact' } })],
      }),
    ],
  })

interface Part {
  readonly count: number
  readonly fill: string
}

/** What bears no mark is white and lies before the last part. */
function partsOf(counts: readonly number[], of: number): readonly Part[] {
  const parts = counts.map((count, i) => ({ count, fill: GREYS[i % GREYS.length]! }))
  const rest = { count: of - counts.reduce((sum, n) => sum + n, 0), fill: 'FFFFFF' }
  const ordered = parts.length > 1 ? [...parts.slice(0, -1), rest, parts.at(-1)!] : [...parts, rest]
  return ordered.filter(({ count }) => count > 0)
}

function bar(counts: readonly number[], of: number, width: number): Table {
  const parts = partsOf(counts, of)
  const widths = parts.map(({ count }) => (width * count) / of)
  return new Table({
    layout: 'fixed',
    width: { size: twips(width), type: 'dxa' },
    columnWidths: widths.map(twips),
    margins: { left: 0, right: 0 },
    rows: [
      new TableRow({
        height: { value: points(13), rule: 'exact' },
        children: parts.map(
          ({ count, fill }, i) =>
            new TableCell({
              width: { size: twips(widths[i]!), type: 'dxa' },
              verticalAlign: 'center',
              shading: { type: 'clear', fill },
              children: [
                new Paragraph({
                  alignment: 'center',
                  children: [
                    new TextRun({
                      text: widths[i]! < LEAST_FOR_NUMBER ? '' : String(count),
                      color: inkOn(fill),
                      size: halfPoints(8),
                    }),
                  ],
                }),
              ],
            }),
        ),
      }),
    ],
  })
}
