/**
 * What a manifest says to people: fields that the protocol ignores, written by the organiser's page
 * (`organiser/manifest.ts`) and shown by the others. Read from the text whose hash the card carries.
 */
import type { Manifest } from '../crypto/manifest.ts'

export interface Paper {
  readonly unit: string
  readonly basis: string
  readonly period: string
  readonly address: string
  readonly rehearsal: boolean
  /** By contest: whom it is about, and for a criterion which. */
  readonly contests: readonly {
    readonly subject: { readonly name: string; readonly position: string }
    readonly criterion: string | null
  }[]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Missing words become empty ones: a manifest of another maker is shown by its titles alone. */
export function paperOf(manifest: Manifest): Paper {
  const json = JSON.parse(manifest.text) as {
    readonly poll: Readonly<Record<string, unknown>>
    readonly contests: readonly {
      readonly subject?: { readonly name?: unknown; readonly position?: unknown }
      readonly criterion?: unknown
    }[]
  }
  const { unit, basis, period, address, rehearsal } = json.poll
  return {
    unit: textOf(unit),
    basis: textOf(basis),
    period: textOf(period),
    address: textOf(address),
    rehearsal: rehearsal === true,
    contests: manifest.contests.map(({ title }, c) => {
      const { subject, criterion } = json.contests[c] ?? {}
      const name = textOf(subject?.name)
      const position = textOf(subject?.position)
      const named = name !== '' || position !== ''
      return {
        subject: named ? { name, position } : { name: '', position: title },
        criterion: typeof criterion === 'string' ? criterion : null,
      }
    }),
  }
}
