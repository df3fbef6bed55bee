/** Letters and paragraphs of a form. */
import type { Block, Run, Text } from './form.ts'

export const plain = (text: string): Text => [{ text }]
export const bold = (text: string): Text => [{ text, bold: true }]
export const italic = (text: string): Text => [{ text, italic: true }]

/** Several pieces as one paragraph's letters. */
export const joined = (...parts: readonly (string | Run)[]): Text =>
  parts.map(part => (typeof part === 'string' ? { text: part } : part))

type Paragraph = Extract<Block, { readonly kind: 'paragraph' }>

/** Running text. */
export const paragraph = (text: Text | string): Paragraph => ({
  kind: 'paragraph',
  text: typeof text === 'string' ? plain(text) : text,
  align: 'justify',
  indent: true,
})

/** What the next block is about: bold, on the same page. */
export const caption = (text: string): Paragraph => ({
  kind: 'paragraph',
  text: bold(text),
  align: 'left',
  indent: true,
  keep: true,
})

/** The last of the text, on the same page as the signatures. */
export const lastParagraph = (text: string): Paragraph => ({ ...paragraph(text), keep: true })

const heading = (text: string): Block => ({ kind: 'heading', text })

/** Numbered from 1, each with what stands below it. */
export const sections = (parts: readonly { readonly title: string; readonly blocks: readonly Block[] }[]): Block[] =>
  parts.flatMap(({ title, blocks }, i) => [heading(`${i + 1}. ${title}`), ...blocks])

/** What people wrote over several lines, as paragraphs. */
export const writtenOr = (text: string, empty: string): readonly Block[] => {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  return (lines.length === 0 ? [empty] : lines).map(line => paragraph(line))
}

/** Notes that stand below the text, numbered in the order in which they are first met; the same note has one number. */
export class Notes {
  private readonly found: string[] = []

  mark(note: string): Run {
    if (!this.found.includes(note)) this.found.push(note)
    return { text: `(${this.found.indexOf(note) + 1})`, raised: true }
  }

  get list(): readonly string[] {
    return this.found
  }
}
