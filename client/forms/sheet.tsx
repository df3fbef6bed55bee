/** A form as HTML: the same words, numbers and measures as the .docx, on one long sheet that the printer cuts into pages. */
import type { Form, Layout, Text } from '../../server/reports/form.ts'
import { Qr } from '../qr.tsx'
import { BlockView, Signatures } from './blocks.tsx'
import { mm, pt, Runs } from './parts.tsx'

export function Sheet({ form, qrLabel }: { form: Form; qrLabel: string }) {
  const { layout, title, about, blocks, notes, signatures, proof, watermark } = form
  const { margins } = layout
  const vars = {
    '--body': pt(layout.body),
    '--line': pt(layout.line),
    '--indent': mm(layout.indent),
    '--table': pt(layout.table),
    '--signature': pt(layout.signature),
    '--margins': [margins.top, margins.right, margins.bottom, margins.left].map(mm).join(' '),
  }
  return (
    <article class={`paper ${layout.recipients.style}`} lang="vi" style={vars}>
      {watermark === null ? null : <div class="watermark" data-mark={watermark} />}
      <HeadOf form={form} />
      <h1 style={{ fontSize: pt(layout.title) }}>{title}</h1>
      {about.map(line => (
        <p key={line} class="about" style={{ fontSize: pt(layout.about) }}>
          {line}
        </p>
      ))}
      <div class="rule short" />
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} layout={layout} />
      ))}
      {notes.map((note, i) => (
        <p key={note} class="note-below">
          <sup>({i + 1})</sup> {note}
        </p>
      ))}
      <div class="closing">
        <Signatures rows={signatures} layout={layout} />
        {proof === null ? null : <Proof proof={proof} label={qrLabel} />}
      </div>
    </article>
  )
}

function HeadOf({ form: { head, layout } }: { form: Form }) {
  const { left, right, number, dated, stamp, copy, hanging } = head
  return (
    <header class="head">
      <div class="head-left" style={{ width: mm(layout.leftWidth) }}>
        {left.superior === '' ? null : <p style={{ fontSize: pt(layout.superior) }}>{left.superior}</p>}
        <p class="strong" style={{ fontSize: pt(layout.issuer) }}>
          {left.body}
        </p>
        {left.below === 'asterisk' ? (
          <p style={{ fontSize: pt(layout.issuer) }}>*</p>
        ) : (
          <div class="rule" style={{ width: mm(layout.rules.left) }} />
        )}
        {hanging === null ? null : (
          <p class="hanging" style={{ fontSize: pt(layout.number - 2) }}>
            {hanging}
          </p>
        )}
        {number === null ? null : (
          <p class={left.below === 'asterisk' ? undefined : 'number'} style={{ fontSize: pt(layout.number) }}>
            {number}
          </p>
        )}
        {stamp === null ? null : <p class="stamp">{stamp}</p>}
        {copy === null ? null : <p style={{ fontSize: pt(layout.number - 1) }}>{copy}</p>}
      </div>
      <Right lines={right} layout={layout} dated={dated} />
    </header>
  )
}

const Right = ({ lines, layout, dated }: { lines: readonly string[]; layout: Layout; dated: string }) => (
  <div class="head-right">
    {lines.map((line, i) => (
      <p key={line} class="strong" style={{ fontSize: pt(layout.right[i]!) }}>
        {line}
      </p>
    ))}
    <div class="rule" style={{ width: mm(layout.rules.right) }} />
    <p class="dated" style={{ fontSize: pt(layout.date) }}>
      {dated}
    </p>
  </div>
)

const Proof = ({ proof: { qr, lines }, label }: { proof: NonNullable<Form['proof']>; label: string }) => (
  <footer class="proof">
    <Qr text={qr} label={label} />
    <div>
      {lines.map((line: Text, i) => (
        <p key={i}>
          <Runs text={line} />
        </p>
      ))}
    </div>
  </footer>
)
