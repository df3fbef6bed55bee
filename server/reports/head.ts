/** What stands above and around every paper: whose it is, its number, place and day, stamps. */

import { inFours, PAPER } from '../../client/words/reports/paper.ts'
import { shortCode, toBase64url, toHex } from '../../crypto/bytes.ts'
import type { Profile } from '../wire/leader.ts'
import type { Count, FormFacts } from './facts.ts'
import type { Form, FormId, Text } from './form.ts'
import { LAYOUTS, voiceOf } from './layout.ts'
import { joined } from './text.ts'

const MOST_RUNNING = 80

interface Kind {
  readonly id: FormId
  readonly name: string
  readonly title: string
  /** Of the number; null: the paper bears none. */
  readonly number: string | null
  readonly hanging: boolean
}

/** What it is about; a rehearsal says so in words too. */
export const aboutOf = (what: string, { period, rehearsal }: FormFacts): readonly string[] => [
  PAPER.about(what, period),
  ...(rehearsal ? [PAPER.rehearsalNote] : []),
]

/** Everything of a form but what it says. */
export function frameOf(
  { id, name, title, number, hanging }: Kind,
  facts: FormFacts,
  profile: Profile,
): Omit<Form, 'about' | 'blocks' | 'notes' | 'signatures' | 'proof' | 'running'> {
  const { minutes, unit, stamp, copy, date, rehearsal } = facts
  const below = profile === 'state' ? 'rule' : 'asterisk'
  return {
    id,
    profile,
    name,
    layout: LAYOUTS[profile],
    head: {
      left: { superior: inCapitals(minutes.superior), body: inCapitals(minutes.organisation || unit), below },
      right: voiceOf(profile).header,
      number,
      dated: PAPER.place(localityOf(minutes.place), date),
      stamp: stamp === '' ? null : PAPER.stamps[stamp],
      copy: copy === null ? null : PAPER.copy(copy),
      hanging: hanging ? PAPER.hanging : null,
    },
    watermark: rehearsal ? PAPER.rehearsal : null,
    title,
  }
}

const inCapitals = (text: string): string => text.toLocaleUpperCase('vi')

/** `Hội trường Sở A, Quảng Trị` met in the first and is dated in the second; a place alone is both. */
const localityOf = (place: string): string => place.split(',').at(-1)!.trim()

/** Whose paper it is, in running text. */
export const organisationOf = ({ minutes, unit }: FormFacts): string => minutes.organisation || unit

/** How anybody checks the paper: the verifier's address, the codes read aloud, the hash of the closing. Null on paper. */
export function proofOf({ address, manifestHash }: FormFacts, { closingHash }: Count): Form['proof'] {
  if (manifestHash === null || closingHash === null) return null
  const { proof } = PAPER
  const line = (label: string, value: string): Text => joined(`${label} `, { text: value, bold: true })
  return {
    qr: `${address}/verify#poll=${toBase64url(manifestHash)}`,
    lines: [
      line(proof.manifest, shortCode(manifestHash)),
      line(proof.closing, shortCode(closingHash)),
      joined(`${proof.hash} `, { text: inFours(toHex(closingHash)) }),
      joined({ text: proof.check(address.replace(/^https?:\/\//, '')), italic: true }),
    ],
  }
}

export const runningOf = (name: string, { title, manifestHash }: FormFacts, { closingHash }: Count): string =>
  manifestHash === null || closingHash === null
    ? PAPER.runningOnPaper(name, shortened(title))
    : PAPER.running(name, shortCode(manifestHash), shortCode(closingHash))

/** One line holds it. */
const shortened = (text: string): string => (text.length > MOST_RUNNING ? `${text.slice(0, MOST_RUNNING - 1)}…` : text)
