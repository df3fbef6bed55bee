/** The blocks of a form. */
import type { Block, Layout, Recipients, Signature, SignatureRow } from '../../server/reports/form.ts'
import { Bars } from './bars.tsx'
import { mm, pt, Runs } from './parts.tsx'

type Of<K extends Block['kind']> = Extract<Block, { readonly kind: K }>

export function BlockView({ block, layout }: { block: Block; layout: Layout }) {
  switch (block.kind) {
    case 'paragraph': {
      const { align, indent, keep, text } = block
      const classes = ['text', align, indent ? 'indent' : '', keep ? 'keep' : '']
      return (
        <p class={classes.filter(one => one !== '').join(' ')}>
          <Runs text={text} />
        </p>
      )
    }
    case 'heading':
      return <h2>{block.text}</h2>
    case 'figures':
      return <Figures block={block} />
    case 'table':
      return <Table block={block} layout={layout} />
    case 'bars':
      return <Bars block={block} layout={layout} />
    case 'lines':
      return (
        <div class="dotted" aria-hidden="true">
          {Array.from({ length: block.count }, (_, i) => (
            <div key={i} />
          ))}
        </div>
      )
  }
}

const Figures = ({ block: { rows } }: { block: Of<'figures'> }) => (
  <div class="figures">
    {rows.map(({ label, value }, i) => (
      <p key={label} class="text justify indent">
        - {label}: <Runs text={value} />
        {i === rows.length - 1 ? '.' : ';'}
      </p>
    ))}
  </div>
)

/** Half a border lies outside a table, where the printer would cut it. */
const EDGE_MM = 0.4

function Table({ block: { over, columns, rows, rowHeight }, layout }: { block: Of<'table'>; layout: Layout }) {
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const height = rowHeight === null ? {} : { height: mm(rowHeight) }
  return (
    <table style={{ width: mm(width - 2 * EDGE_MM), marginLeft: mm(EDGE_MM) }}>
      <colgroup>
        {columns.map((column, c) => (
          <col key={c} style={{ width: mm(column.width) }} />
        ))}
      </colgroup>
      <Heads over={over} columns={columns} layout={layout} />
      <tbody>
        {rows.map((row, r) => (
          <tr key={r} style={height}>
            {row.map((text, c) => (
              <td key={c} class={columns[c]!.align}>
                <Runs text={text} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Heads({ over, columns, layout }: Pick<Of<'table'>, 'over' | 'columns'> & { layout: Layout }) {
  const head = (c: number, rowSpan: number) => {
    const { head: text, small } = columns[c]!
    const fontSize = pt(layout.table - (small ? 2.5 : 0.5))
    return (
      <th key={c} scope="col" rowSpan={rowSpan} style={{ fontSize }}>
        {text}
      </th>
    )
  }
  if (over === null)
    return (
      <thead>
        <tr>{columns.map((_, c) => head(c, 1))}</tr>
      </thead>
    )
  const starts = over.map((_, i) => over.slice(0, i).reduce((sum, one) => sum + one.columns, 0))
  return (
    <thead>
      <tr>
        {over.map((one, i) =>
          one.head === '' ? (
            head(starts[i]!, 2)
          ) : (
            <th key={one.head} scope="colgroup" colSpan={one.columns} style={{ fontSize: pt(layout.table - 0.5) }}>
              {one.head}
            </th>
          ),
        )}
      </tr>
      <tr>
        {over.flatMap((one, i) =>
          one.head === '' ? [] : Array.from({ length: one.columns }, (_, n) => head(starts[i]! + n, 1)),
        )}
      </tr>
    </thead>
  )
}

export const Signatures = ({ rows, layout }: { rows: readonly SignatureRow[]; layout: Layout }) => (
  <div>
    {rows.map((row, r) => (
      <div key={r} class="signature-row">
        {row.map((one, c) => (
          <div key={c}>
            {one === null ? null : 'list' in one ? (
              <RecipientsOf recipients={one} layout={layout} />
            ) : (
              <SignatureOf signature={one} layout={layout} />
            )}
          </div>
        ))}
      </div>
    ))}
  </div>
)

const SignatureOf = ({ signature: { heads, hint, people }, layout }: { signature: Signature; layout: Layout }) => (
  <div class="signature">
    {heads.map(head => (
      <p key={head} class="strong">
        {head}
      </p>
    ))}
    <p class="hint" style={{ fontSize: pt(layout.signature - 2) }}>
      {hint}
    </p>
    <div class="people">
      {(people.length === 0 ? [''] : people).map(name => (
        <p key={name} class="name">
          {name}
        </p>
      ))}
    </div>
  </div>
)

const RecipientsOf = ({ recipients, layout }: { recipients: Recipients; layout: Layout }) => (
  <div class="recipients">
    <p class="recipients-head" style={{ fontSize: pt(layout.recipients.head) }}>
      {recipients.recipients}
    </p>
    {recipients.list.map(name => (
      <p key={name} style={{ fontSize: pt(layout.recipients.list) }}>
        {name}
      </p>
    ))}
  </div>
)
