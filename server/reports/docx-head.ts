/** The head of a paper in .docx: whose it is on the left, country or party on the right, stamps below the number. */
import { Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { FONT, halfPoints, NO_BORDERS, paragraphOf, points, twips } from './docx-parts.ts'
import type { Form } from './form.ts'
import { textWidth } from './layout.ts'

const RED = 'C00000'
const STAMP_MM = 30

export function headTable(form: Form): Table {
  const { layout } = form
  const widths = [layout.leftWidth, textWidth(layout) - layout.leftWidth] as const
  return new Table({
    layout: 'fixed',
    width: { size: twips(textWidth(layout)), type: 'dxa' },
    columnWidths: widths.map(twips),
    borders: NO_BORDERS,
    margins: { left: 0, right: 0 },
    rows: [
      new TableRow({ children: [cell(left(form, widths[0]), widths[0]), cell(right(form, widths[1]), widths[1])] }),
    ],
  })
}

const cell = (children: readonly Paragraph[], width: number): TableCell =>
  new TableCell({ width: { size: twips(width), type: 'dxa' }, children: [...children] })

const centred = (text: string, size: number, style: { bold?: true; italic?: true } = {}, before = 0): Paragraph =>
  paragraphOf([{ text, ...style }], { size, align: 'centre', before })

function left({ layout, head }: Form, width: number): readonly Paragraph[] {
  const { superior, body, below } = head.left
  return [
    ...(superior === '' ? [] : [centred(superior, layout.superior)]),
    centred(body, layout.issuer, { bold: true }),
    below === 'asterisk' ? centred('*', layout.issuer) : rule(layout.rules.left, width),
    ...(head.hanging === null ? [] : [centred(head.hanging, layout.number - 2, { italic: true }, 2)]),
    ...(head.number === null ? [] : [centred(head.number, layout.number, {}, below === 'asterisk' ? 0 : 6)]),
    ...(head.stamp === null ? [] : [stamp(head.stamp, width)]),
    ...(head.copy === null ? [] : [centred(head.copy, layout.number - 1, {}, 4)]),
  ]
}

function right({ layout, head }: Form, width: number): readonly Paragraph[] {
  return [
    ...head.right.map((text, i) => centred(text, layout.right[i]!, { bold: true })),
    rule(layout.rules.right, width),
    centred(head.dated, layout.date, { italic: true }, 6),
  ]
}

/** A line of so many millimetres in the middle of so many. */
function rule(length: number, width: number): Paragraph {
  const side = twips((width - length) / 2)
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { line: points(3), lineRule: 'exact' },
    border: { bottom: { style: 'single', size: 6, space: 0 } },
  })
}

/** Framed twice, in red, as the stamp itself is. */
function stamp(text: string, width: number): Paragraph {
  const side = twips((width - STAMP_MM) / 2)
  const border = { style: 'double', size: 6, space: 2, color: RED } as const
  return new Paragraph({
    alignment: 'center',
    indent: { left: side, right: side },
    spacing: { before: points(8), after: points(2) },
    border: { top: border, bottom: border, left: border, right: border },
    children: [new TextRun({ text, bold: true, color: RED, font: FONT, size: halfPoints(14) })],
  })
}
