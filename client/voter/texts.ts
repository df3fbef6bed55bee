/** Answers in writing, one for each prompt of the manifest: what follows from what while they are written. */
import { utf8 } from '../../crypto/bytes.ts'
import type { At, Event, Poll, Screen, Vote } from './screen.ts'
import { beforeTexts } from './voting.ts'

export const noTexts = ({ manifest }: Poll): Vote['texts'] => manifest.comments.map(() => '')

/** What is sealed: letters in one form whatever keyboard made them, and no blanks around. */
export const written = (text: string): string => text.normalize('NFC').trim()

/** Of UTF-8, as the prompt's limit counts them. */
export const bytesOf = (text: string): number => utf8(written(text)).length

/** The first prompt whose text cannot be sealed; −1 where all can. */
export const tooLong = ({ poll, texts }: Vote): number =>
  poll.manifest.comments.findIndex(({ maxBytes }, prompt) => bytesOf(texts[prompt] ?? '') > maxBytes)

export const write = (vote: Vote, prompt: number, editing: boolean): Screen => ({
  at: 'writing',
  vote,
  prompt,
  editing,
})

/** Some keyboards give half a character for a moment, which nothing could keep. */
const HALVES = /\p{Cs}/gu

export function writing(screen: At<'writing'>, event: Event): Screen {
  const { vote, prompt, editing } = screen
  switch (event.type) {
    case 'write': {
      const text = event.text.replace(HALVES, '')
      return { ...screen, vote: { ...vote, texts: vote.texts.map((before, i) => (i === prompt ? text : before)) } }
    }
    case 'next':
      if (bytesOf(vote.texts[prompt]!) > vote.poll.manifest.comments[prompt]!.maxBytes) return screen
      return editing || prompt + 1 === vote.texts.length ? { at: 'reviewing', vote } : write(vote, prompt + 1, false)
    case 'back':
      if (editing) return screen
      return prompt > 0 ? write(vote, prompt - 1, false) : beforeTexts(vote)
    default:
      return screen
  }
}
