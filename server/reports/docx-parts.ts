/** Measures and letters of a .docx. */
import { Paragraph, TextRun } from 'docx'
import type { Align, Run, Text } from './form.ts'

export const FONT = 'Times New Roman'

/** Twentieths of a point. */
export const twips = (mm: number): number => Math.round((mm * 1440) / 25.4)
export const points = (pt: number): number => Math.round(pt * 20)
export const halfPoints = (pt: number): number => Math.round(pt * 2)

const ALIGN = { left: 'left', centre: 'center', right: 'right', justify: 'both' } as const

interface Set {
  readonly size: number
  readonly align?: Align
  /** In points. */
  readonly before?: number
  readonly after?: number
  /** Of the first line, in millimetres. */
  readonly indent?: number
  /** From line to line, exactly; left out: as the letters need. */
  readonly line?: number
  readonly keep?: boolean
}

export const runOf = ({ text, bold, italic, raised }: Run, size: number): TextRun =>
  new TextRun({
    text,
    size: halfPoints(size),
    ...(bold ? { bold } : {}),
    ...(italic ? { italics: true } : {}),
    ...(raised ? { superScript: true } : {}),
  })

export const paragraphOf = (text: Text, { size, align = 'left', before, after, indent, line, keep }: Set): Paragraph =>
  new Paragraph({
    alignment: ALIGN[align],
    spacing: {
      before: points(before ?? 0),
      after: points(after ?? 0),
      ...(line === undefined ? {} : { line: points(line), lineRule: 'exact' as const }),
    },
    ...(indent === undefined ? {} : { indent: { firstLine: twips(indent) } }),
    keepNext: keep === true,
    // What an empty paragraph is as high as.
    run: { size: halfPoints(size) },
    children: text.map(run => runOf(run, size)),
  })

const none = { style: 'none', size: 0, color: 'auto' } as const
/** For tables that only place things. */
export const NO_BORDERS = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
}
