/** An entry while it is being typed: texts only, until it is whole. Pure. */
import { isDay } from '../../server/rules/day.ts'
import type { EntryBody } from '../../server/wire/leader.ts'

/** What is typed here; themes of comments come from where they are read. */
export type EntryKind = Exclude<EntryBody['kind'], 'themes'>

export interface TypedMeasure {
  readonly text: string
  readonly deadline: string
  readonly who: string
}

export interface EntryForm {
  readonly kind: EntryKind
  /** Null: about the whole poll. */
  readonly subject: number | null
  /** The plan whose measure, or the complaint, it is about: the entry's number. */
  readonly about: number
  readonly measure: number
  readonly date: string
  readonly text: string
  /** Of a decision. */
  readonly authority: string
  readonly number: string
  readonly handling: string
  /** Of a plan. */
  readonly limits: string
  readonly measures: readonly TypedMeasure[]
  readonly done: boolean
  /** Of a complaint. */
  readonly from: string
  /** Of a retention. */
  readonly basis: string
}

/** Which fields a kind has, in the order in which they are asked for. */
export const FIELDS = {
  decision: ['authority', 'date', 'number', 'handling', 'text'],
  closed: ['date', 'text'],
  plan: ['limits', 'measures'],
  progress: ['date', 'text', 'done'],
  complaint: ['date', 'from', 'text'],
  settled: ['date', 'text'],
  recount: ['date', 'text'],
  retention: ['date', 'basis'],
  note: ['date', 'text'],
} as const satisfies Readonly<Record<EntryKind, readonly (keyof EntryForm)[]>>

export type EntryField = (typeof FIELDS)[EntryKind][number]

/** May stay empty: a decision that names no form of handling, a complaint without a name. */
const OPTIONAL: ReadonlySet<EntryField> = new Set(['handling', 'from', 'done'])

export const EMPTY_MEASURE: TypedMeasure = { text: '', deadline: '', who: '' }

/** Dated today, but for what lies ahead. */
export const newEntry = (
  kind: EntryKind,
  subject: number | null,
  today: string,
  about: { readonly about: number; readonly measure: number } = { about: 0, measure: 0 },
): EntryForm => ({
  kind,
  subject,
  ...about,
  date: kind === 'retention' ? '' : today,
  text: '',
  authority: '',
  number: '',
  handling: '',
  limits: '',
  measures: [EMPTY_MEASURE],
  done: false,
  from: '',
  basis: '',
})

const isEmpty = (text: string): boolean => text.trim() === ''

const isWhole = ({ text, deadline, who }: TypedMeasure): boolean => !isEmpty(text) && isDay(deadline) && !isEmpty(who)

/** The fields that are still to be filled in. */
export function missingOf(form: EntryForm): readonly EntryField[] {
  const fields: readonly EntryField[] = FIELDS[form.kind]
  return fields.filter(field => {
    if (OPTIONAL.has(field)) return false
    if (field === 'date') return !isDay(form.date)
    if (field === 'measures') return !form.measures.every(isWhole)
    return isEmpty(form[field] as string)
  })
}

/** What is sent. Shape: a form from which nothing is missing. */
export function bodyOf(form: EntryForm): EntryBody {
  const { kind, subject, date, about, measure, done } = form
  const text = form.text.trim()
  switch (kind) {
    case 'decision': {
      const { authority, number, handling } = form
      return {
        kind,
        subject,
        authority: authority.trim(),
        date,
        number: number.trim(),
        text,
        measure: handling.trim(),
      }
    }
    case 'plan': {
      const measures = form.measures.map(one => ({ ...one, text: one.text.trim(), who: one.who.trim() }))
      return { kind, subject, limits: form.limits.trim(), measures }
    }
    case 'progress':
      return { kind, subject, plan: about, measure, date, text, done }
    case 'complaint':
      return { kind, subject, date, text, from: form.from.trim() }
    case 'settled':
      return { kind, subject, complaint: about, date, text }
    case 'retention':
      return { kind, subject, until: date, basis: form.basis.trim() }
    default:
      return { kind, subject, date, text }
  }
}
