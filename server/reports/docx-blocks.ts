/** The blocks of a form in .docx. */
import {
  HeightRule,
  ImageRun,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from 'docx'
import { barsOf } from './docx-bars.ts'
import { halfPoints, NO_BORDERS, paragraphOf, points, runOf, twips } from './docx-parts.ts'
import type { Block, Column, Form, Layout, Recipients, Signature, SignatureRow, Text } from './form.ts'
import { textWidth } from './layout.ts'

type Of<K extends Block['kind']> = Extract<Block, { readonly kind: K }>

/** Between paragraphs, in points. */
const GAP = 6
/** For a signature, in millimetres. */
const ROOM = 18
const PROOF = 10
const QR_MM = 26
const PIXELS_A_MM = 96 / 25.4

export function blockOf(block: Block, layout: Layout): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph': {
      const { text, align, indent, keep } = block
      const set = { size: layout.body, line: layout.line, after: GAP, align, keep: keep === true }
      return [paragraphOf(text, indent ? { ...set, indent: layout.indent } : set)]
    }
    case 'heading': {
      const set = {
        size: layout.body,
        line: layout.line,
        before: GAP / 2,
        after: GAP,
        indent: layout.indent,
        keep: true,
      }
      return [paragraphOf([{ text: block.text, bold: true }], set)]
    }
    case 'figures':
      return figures(block, layout)
    case 'table':
      return [table(block, layout), spaceBelow()]
    case 'bars':
      return barsOf(block, layout)
    case 'lines':
      return Array.from({ length: block.count }, () => dottedLine(layout))
  }
}

const figures = ({ rows }: Of<'figures'>, layout: Layout): Paragraph[] =>
  rows.map(({ label, value }, i) =>
    paragraphOf([{ text: `- ${label}: ` }, ...value, { text: i === rows.length - 1 ? '.' : ';' }], {
      size: layout.body,
      line: layout.line,
      after: GAP / 2,
      indent: layout.indent,
      align: 'justify',
    }),
  )

const spaceBelow = (): Paragraph => new Paragraph({ spacing: { line: points(8), lineRule: 'exact' } })

const dottedLine = ({ body, ...layout }: Layout): Paragraph =>
  new Paragraph({
    spacing: { before: points(10) },
    tabStops: [{ type: 'right', leader: 'dot', position: twips(textWidth({ body, ...layout })) }],
    children: [new TextRun({ text: '\t', size: halfPoints(body) })],
  })

// ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────

const CELL = { top: points(2), bottom: points(2), left: twips(1), right: twips(1) }

function table({ over, columns, rows, rowHeight }: Of<'table'>, layout: Layout): Table {
  const height = rowHeight === null ? {} : { height: { value: twips(rowHeight), rule: HeightRule.ATLEAST } }
  return new Table({
    layout: 'fixed',
    width: { size: twips(columns.reduce((sum, { width }) => sum + width, 0)), type: 'dxa' },
    columnWidths: columns.map(({ width }) => twips(width)),
    rows: [
      ...heads(over, columns, layout),
      ...rows.map(
        row =>
          new TableRow({ cantSplit: true, ...height, children: row.map((text, c) => cell(text, columns[c]!, layout)) }),
      ),
    ],
  })
}

const cell = (text: Text, { width, align }: Column, layout: Layout): TableCell =>
  new TableCell({
    width: { size: twips(width), type: 'dxa' },
    margins: CELL,
    verticalAlign: 'center',
    children: [paragraphOf(text, { size: layout.table, align })],
  })

function heads(over: Of<'table'>['over'], columns: readonly Column[], layout: Layout): readonly TableRow[] {
  const row = (children: readonly TableCell[]) =>
    new TableRow({ cantSplit: true, tableHeader: true, children: [...children] })
  if (over === null) return [row(columns.map(column => headCell(column, layout)))]
  const starts = over.map((_, i) => over.slice(0, i).reduce((sum, one) => sum + one.columns, 0))
  const alone = new Set(over.flatMap(({ head, columns: n }, i) => (head === '' && n === 1 ? [starts[i]!] : [])))
  const upper = over.map(({ head, columns: n }, i): TableCell => {
    const spanned = columns.slice(starts[i]!, starts[i]! + n)
    const width = spanned.reduce((sum, column) => sum + column.width, 0)
    return alone.has(starts[i]!)
      ? headCell(spanned[0]!, layout, { verticalMerge: VerticalMergeType.RESTART })
      : headCell({ head, width }, layout, { columnSpan: n })
  })
  const lower = columns.map((column, c) =>
    alone.has(c)
      ? headCell({ ...column, head: '' }, layout, { verticalMerge: VerticalMergeType.CONTINUE })
      : headCell(column, layout),
  )
  return [row(upper), row(lower)]
}

type Span = Pick<ITableCellOptions, 'verticalMerge' | 'columnSpan'>

const headCell = (
  { head, width, small }: Pick<Column, 'head' | 'width' | 'small'>,
  { table }: Layout,
  span: Span = {},
) =>
  new TableCell({
    ...span,
    width: { size: twips(width), type: 'dxa' },
    margins: CELL,
    verticalAlign: 'center',
    children: [paragraphOf([{ text: head, bold: true }], { size: table - (small ? 2.5 : 0.5), align: 'centre' })],
  })

// ── signatures ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Each row is a table; a table around them, of one row that does not break, keeps them and the proof on one page. */
export function closingTable({ signatures, proof, layout }: Form, qr: Uint8Array | null): Table {
  const width = textWidth(layout)
  const proven = proof === null || qr === null ? [] : [paragraphOf([], { size: 8 }), proofTable(proof, qr, layout)]
  return placing([width], [[...signatures.map(row => side(row, width, layout)), ...proven]])
}

const side = (row: SignatureRow, width: number, layout: Layout): Table => {
  const widths = row.map(() => width / row.length)
  return placing(
    widths,
    row.map(one => [
      paragraphOf([], { size: 9 }),
      ...(one === null ? [] : 'list' in one ? recipients(one, layout) : signature(one, widths[0]!, layout)),
    ]),
  )
}

/** A table of one row, without borders, that only places things. */
const placing = (widths: readonly number[], cells: readonly (readonly (Paragraph | Table)[])[]): Table =>
  new Table({
    layout: 'fixed',
    width: { size: twips(widths.reduce((sum, width) => sum + width, 0)), type: 'dxa' },
    columnWidths: widths.map(twips),
    borders: NO_BORDERS,
    margins: { left: 0, right: 0 },
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (children, i) => new TableCell({ width: { size: twips(widths[i]!), type: 'dxa' }, children: [...children] }),
        ),
      }),
    ],
  })

function signature({ heads, hint, people }: Signature, width: number, layout: Layout): (Paragraph | Table)[] {
  const size = layout.signature
  const named = (name: string) =>
    new Paragraph({
      alignment: 'center',
      spacing: { before: twips(ROOM) },
      children: [new TextRun({ text: name, bold: true, size: halfPoints(size) })],
    })
  const pairs = Array.from({ length: Math.ceil(people.length / 2) }, (_, i) => people.slice(2 * i, 2 * i + 2))
  return [
    ...heads.map(text => paragraphOf([{ text, bold: true }], { size, align: 'centre' })),
    paragraphOf([{ text: hint, italic: true }], { size: size - 2, align: 'centre' }),
    ...(people.length < 2
      ? [named(people[0] ?? '')]
      : pairs.map(pair =>
          placing(
            pair.map(() => width / pair.length),
            pair.map(name => [named(name)]),
          ),
        )),
    ...(people.length < 2 ? [] : [paragraphOf([], { size: 2 })]),
  ]
}

function recipients({ recipients, list }: Recipients, { recipients: set }: Layout): Paragraph[] {
  const head =
    set.style === 'underlined'
      ? new TextRun({ text: recipients, underline: {}, size: halfPoints(set.head) })
      : new TextRun({ text: recipients, bold: true, italics: true, size: halfPoints(set.head) })
  return [new Paragraph({ children: [head] }), ...list.map(text => paragraphOf([{ text }], { size: set.list }))]
}

// ── the foot ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The verifier's code as a picture, and beside it what is compared with the eye. */
function proofTable({ lines }: NonNullable<Form['proof']>, png: Uint8Array, layout: Layout): Table {
  const side = Math.round(QR_MM * PIXELS_A_MM)
  const widths = [QR_MM + 4, textWidth(layout) - QR_MM - 4]
  const transformation = { width: side, height: side }
  // The only picture: numbered by us, since the library counts on from one document to the next.
  const picture = new ImageRun({ type: 'png', data: png, transformation, altText: { id: '1' } })
  const cells = [
    [new Paragraph({ children: [picture] })],
    lines.map(line => new Paragraph({ spacing: { after: points(3) }, children: line.map(run => runOf(run, PROOF)) })),
  ]
  return new Table({
    layout: 'fixed',
    width: { size: twips(textWidth(layout)), type: 'dxa' },
    columnWidths: widths.map(twips),
    borders: { ...NO_BORDERS, top: { style: 'single', size: 4, color: 'auto' } },
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (children, i) =>
            new TableCell({
              width: { size: twips(widths[i]!), type: 'dxa' },
              verticalAlign: 'center',
              margins: { top: points(4), bottom: 0, left: 0, right: 0 },
              children,
            }),
        ),
      }),
    ],
  })
}
