/** A form as .docx, for offices that go on working on it. The same form gives the same bytes. */
import { Document, Footer, Header, type IRunOptions, Packer, PageNumber, Paragraph, type Table, TextRun } from 'docx'
import { TextWatermark } from 'docx/watermarks'
import { toBuffer } from 'qrcode'
import { blockOf, closingTable } from './docx-blocks.ts'
import { headTable } from './docx-head.ts'
import { FONT, halfPoints, paragraphOf, points, twips } from './docx-parts.ts'
import type { Form } from './form.ts'
import { timeless } from './timeless.ts'

const PAGE = { width: twips(210), height: twips(297) }
/** From the paper's edge to page number and running foot. */
const HEADER_MM = 10
const FOOTER_MM = 8
const SMALL = 11
const RUNNING = 9

export async function writeDocx(form: Form): Promise<Uint8Array> {
  const document = new Document({
    title: form.name,
    creator: '',
    lastModifiedBy: '',
    styles: {
      default: { document: { run: { font: FONT, size: halfPoints(form.layout.body), language: { value: 'vi-VN' } } } },
    },
    sections: [
      {
        properties: { titlePage: true, page: { size: PAGE, margin: marginsOf(form) } },
        headers: {
          first: new Header({ children: [watermarked(form, [])] }),
          default: new Header({ children: [pageNumber(form)] }),
        },
        footers: { first: runningFoot(form), default: runningFoot(form) },
        children: contentOf(form, form.proof && (await qrPng(form.proof.qr))),
      },
    ],
  })
  return timeless(new Uint8Array(await Packer.toBuffer(document)))
}

const marginsOf = ({ layout: { margins } }: Form) => ({
  top: twips(margins.top),
  bottom: twips(margins.bottom),
  left: twips(margins.left),
  right: twips(margins.right),
  header: twips(HEADER_MM),
  footer: twips(FOOTER_MM),
})

/** Every page bears the mark of a rehearsal: it hangs in the header. */
function watermarked({ watermark }: Form, children: readonly TextRun[]): Paragraph {
  const mark = watermark === null ? [] : [new TextWatermark({ text: watermark, font: FONT, bold: true })]
  return new Paragraph({ alignment: 'center', children: [...mark, ...children] })
}

/** Centred above the text, from the second page on. */
const pageNumber = (form: Form): Paragraph =>
  watermarked(form, [new TextRun({ children: [PageNumber.CURRENT], size: halfPoints(form.layout.page) })])

const runningFoot = ({ running }: Form): Footer =>
  new Footer({ children: [paragraphOf([{ text: running, italic: true }], { size: RUNNING, align: 'centre' })] })

const qrPng = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await toBuffer(text, { errorCorrectionLevel: 'M', margin: 2, scale: 8 }))

function contentOf(form: Form, qr: Uint8Array | null): (Paragraph | Table)[] {
  const { layout, title, about, blocks, notes, signatures } = form
  const line = (text: string, size: number, run: IRunOptions = {}, before = 0) =>
    new Paragraph({
      alignment: 'center',
      keepNext: true,
      spacing: { before: points(before) },
      children: [new TextRun({ text, bold: true, size: halfPoints(size), ...run })],
    })
  return [
    headTable(form),
    line(title, layout.title, {}, 18),
    ...about.map(text => line(text, layout.about)),
    titleRule(),
    ...blocks.flatMap(block => blockOf(block, layout)),
    ...notesOf(notes),
    ...(signatures.length === 0 ? [] : [closingTable(form, qr)]),
  ]
}

/** A short rule closes the title. */
const titleRule = (): Paragraph =>
  new Paragraph({
    alignment: 'center',
    indent: { left: twips(65), right: twips(65) },
    spacing: { after: points(10), line: points(4), lineRule: 'exact' },
    border: { bottom: { style: 'single', size: 6, space: 0 } },
  })

const notesOf = (notes: readonly string[]): Paragraph[] =>
  notes.map((note, i) =>
    paragraphOf([{ text: `(${i + 1})`, raised: true }, { text: ` ${note}` }], {
      size: SMALL,
      align: 'justify',
      keep: true,
    }),
  )
