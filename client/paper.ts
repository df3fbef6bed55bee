/**
 * What a manifest says to people: fields that the protocol ignores, written by the organiser's page
 * (`organiser/manifest.ts`) and shown by the others. Read from the text whose hash the card carries.
 */
import type { Manifest } from '../crypto/manifest.ts'
import { type ContestWords, wordsOf } from '../server/rules/contests.ts'

export interface Paper {
  readonly unit: string
  readonly basis: string
  readonly period: string
  readonly address: string
  readonly rehearsal: boolean
  /** By contest: whom it is about, what is asked, and how. Of a contest about nobody, `position` is its title. */
  readonly contests: readonly (ContestWords & { readonly subject: NonNullable<ContestWords['subject']> })[]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Missing words become empty ones: a manifest of another maker is shown by its titles alone. */
export function paperOf(manifest: Manifest): Paper {
  const json = JSON.parse(manifest.text) as { readonly poll: Readonly<Record<string, unknown>> }
  const words = wordsOf(manifest.text)
  const { unit, basis, period, address, rehearsal } = json.poll
  return {
    unit: textOf(unit),
    basis: textOf(basis),
    period: textOf(period),
    address: textOf(address),
    rehearsal: rehearsal === true,
    contests: manifest.contests.map(({ title }, c) => ({
      ...words[c]!,
      subject: words[c]!.subject ?? { name: '', position: title },
    })),
  }
}
