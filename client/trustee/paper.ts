/**
 * A round on paper, at a member's page: what it is at, and the form into which the member keys what was counted. Pure.
 * Sums alone are typed, kept on this device and sent; nothing of a single sheet is written down anywhere.
 */
import type { PaperContest } from '../../server/rules/contests.ts'
import {
  type BadCount,
  badCounts,
  badLine,
  badSheets,
  type Keying,
  SHEETS,
  type SheetField,
  validIn,
} from '../../server/rules/keying.ts'
import { plainSpelling } from '../../server/rules/spelling.ts'
import type { PaperView } from '../../server/wire/paper.ts'
import type { MemberView } from '../../server/wire.ts'

export type PaperPart = 'elsewhere' | 'ready' | 'open' | 'asked' | 'keying' | 'keyed' | 'counted'

/** Shape: a round on paper that is neither a draft nor void. */
export function partOf({ state, asked, index }: MemberView, { counting, mine, claimed, own }: PaperView): PaperPart {
  if (state === 'counted') return 'counted'
  if (claimed[index - 1] && !own) return 'elsewhere'
  if (!own) return 'ready'
  if (asked !== null) return 'asked'
  if (counting) return mine === null ? 'keying' : 'keyed'
  return state === 'open' ? 'open' : 'ready'
}

/** A line of the ballot, what is counted of all sheets together, or the list of lines. */
type Place = 'sheets' | 'lines' | number

/** As it is typed: digits, or nothing yet. */
export interface Form {
  readonly sheets: Readonly<Record<SheetField, string>>
  /** `own`: the member's words, not the rules'. */
  readonly invalid: readonly { readonly reason: string; readonly count: string; readonly own: boolean }[]
  readonly lines: readonly { readonly counts: readonly string[]; readonly empty: string }[]
  readonly place: Place
  /** Sheets are gone through one by one, and every press adds one. */
  readonly tally: boolean
}

export type Change =
  | { readonly set: 'sheet'; readonly field: SheetField; readonly text: string }
  | { readonly set: 'invalid' | 'reason'; readonly at: number; readonly text: string }
  | { readonly set: 'more-reasons' }
  | { readonly set: 'line'; readonly line: number; readonly what: number | 'empty'; readonly text: string }
  | { readonly set: 'one-more'; readonly line: number; readonly what: number | 'empty' }
  | { readonly set: 'place'; readonly place: Place }
  | { readonly set: 'tally'; readonly on: boolean }

// ── the form ────────────────────────────────────────────────────────────────────────────────────────────────────

const written = (n: number): string => String(n)

/** Empty, or as this member keyed before; the rules' reasons stand there already. */
export function formOf({ contests, validity, mine }: PaperView): Form {
  // In minutes a reason stands inside a sentence.
  const known = validity.filter(({ layer }) => layer === 'sheet').map(({ text }) => text.replace(/\.$/, ''))
  const before = mine?.invalid ?? []
  const own = before.filter(({ reason }) => !known.includes(reason))
  const countIn = (reason: string) => before.find(one => one.reason === reason)?.count
  return {
    sheets: {
      printed: mine ? written(mine.printed) : '',
      issued: mine ? written(mine.issued) : '',
      exchanged: mine ? written(mine.exchanged) : '',
      collected: mine ? written(mine.collected) : '',
    },
    invalid: [
      ...known.map(reason => ({ reason, count: mine ? written(countIn(reason) ?? 0) : '', own: false })),
      ...own.map(({ reason, count }) => ({ reason, count: written(count), own: true })),
    ],
    lines: contests.map(({ options }, at) => ({
      counts: options.map((_, o) => (mine ? written(mine.lines[at]!.counts[o]!) : '')),
      empty: mine ? written(mine.lines[at]!.empty) : '',
    })),
    // Whoever keys again begins with what there is.
    place: mine ? 'lines' : 'sheets',
    tally: false,
  }
}

/** A form that was kept, if it is of this ballot; null otherwise. */
export function readForm(text: string | null, { contests }: PaperView): Form | null {
  try {
    const form = JSON.parse(text ?? 'null') as Form | null
    const fits =
      form?.lines.length === contests.length &&
      form.lines.every(({ counts }, at) => counts.length === contests[at]!.options.length)
    return fits ? form : null
  } catch {
    return null
  }
}

const MOST_DIGITS = 5
const digits = (text: string): string => text.replace(/\D/g, '').slice(0, MOST_DIGITS)
const replaced = <T>(list: readonly T[], at: number, change: (one: T) => T): readonly T[] =>
  list.map((one, i) => (i === at ? change(one) : one))

export function changed(form: Form, change: Change): Form {
  switch (change.set) {
    case 'sheet':
      return { ...form, sheets: { ...form.sheets, [change.field]: digits(change.text) } }
    case 'invalid':
      return { ...form, invalid: replaced(form.invalid, change.at, one => ({ ...one, count: digits(change.text) })) }
    case 'reason':
      return { ...form, invalid: replaced(form.invalid, change.at, one => ({ ...one, reason: change.text })) }
    case 'more-reasons':
      return { ...form, invalid: [...form.invalid, { reason: '', count: '', own: true }] }
    case 'line':
      return onLine(form, change.line, change.what, () => digits(change.text))
    case 'one-more':
      return onLine(form, change.line, change.what, text => digits(written(Number(text) + 1)))
    case 'place':
      return { ...form, place: change.place }
    case 'tally':
      return { ...form, tally: change.on }
  }
}

const onLine = (form: Form, line: number, what: number | 'empty', type: (text: string) => string): Form => ({
  ...form,
  lines: replaced(form.lines, line, one =>
    what === 'empty' ? { ...one, empty: type(one.empty) } : { ...one, counts: replaced(one.counts, what, type) },
  ),
})

// ── how far it is ───────────────────────────────────────────────────────────────────────────────────────────────

/** Numbers of sheets; a reason without a number has none, one without words is not there. Null while one is missing. */
function sheetsIn({ sheets, invalid }: Form): Omit<Keying, 'lines'> | null {
  if (SHEETS.some(field => sheets[field] === '')) return null
  return {
    printed: Number(sheets.printed),
    issued: Number(sheets.issued),
    exchanged: Number(sheets.exchanged),
    collected: Number(sheets.collected),
    invalid: reasonsIn(invalid),
  }
}

/** A reason that was written twice, however spelt, is one. */
function reasonsIn(invalid: Form['invalid']): Keying['invalid'] {
  const found = new Map<string, { readonly reason: string; readonly count: number }>()
  for (const one of invalid) {
    const reason = one.reason.trim()
    const count = Number(one.count)
    if (reason === '' || count === 0) continue
    const before = found.get(plainSpelling(reason))
    found.set(plainSpelling(reason), { reason: before?.reason ?? reason, count: (before?.count ?? 0) + count })
  }
  return [...found.values()]
}

export interface SheetsStand {
  /** Null while a number is missing. */
  readonly valid: number | null
  readonly bad: readonly BadCount[]
  /** A number of invalid sheets stands there without its reason. */
  readonly unexplained: boolean
  readonly done: boolean
}

export function sheetsStand(form: Form, present: number): SheetsStand {
  const sheets = sheetsIn(form)
  const unexplained = form.invalid.some(({ reason, count }) => reason.trim() === '' && Number(count) > 0)
  const bad = sheets === null ? [] : badSheets(sheets, present)
  const valid = sheets === null ? null : Math.max(validIn(sheets), 0)
  return { valid, bad, unexplained, done: sheets !== null && bad.length === 0 && !unexplained }
}

export interface LineStand {
  readonly empty: boolean
  readonly whole: boolean
  /** Marks and empty lines together. */
  readonly sum: number
  /** Of a whole line that cannot be. */
  readonly bad: BadCount | null
  readonly done: boolean
}

export function lineStand(form: Form, at: number, { max }: PaperContest, valid: number | null): LineStand {
  const { counts, empty } = form.lines[at]!
  const typed = [...counts, empty]
  const whole = typed.every(text => text !== '')
  const line = { counts: counts.map(Number), empty: Number(empty) }
  const bad = whole && valid !== null ? (badLine(line, { max }, valid, at)[0] ?? null) : null
  return {
    empty: typed.every(text => text === ''),
    whole,
    sum: typed.reduce((sum, text) => sum + Number(text), 0),
    bad,
    done: whole && valid !== null && bad === null,
  }
}

/** Places of lines that are not done. */
export function openLines(form: Form, { contests, present }: PaperView): readonly number[] {
  const { valid } = sheetsStand(form, present)
  return contests.flatMap((contest, at) => (lineStand(form, at, contest, valid).done ? [] : [at]))
}

/** The next line that is not done, from this one on and round again; the list once there is none. */
export function nextPlace(form: Form, paper: PaperView, from: number): Place {
  const open = openLines(form, paper).filter(at => at !== from)
  return open.find(at => at > from) ?? open[0] ?? 'lines'
}

/** What is sent; null while anything is missing or cannot be. */
export function keyingIn(form: Form, { contests, present }: PaperView): Keying | null {
  const sheets = sheetsIn(form)
  if (sheets === null || !sheetsStand(form, present).done) return null
  if (form.lines.some(({ counts, empty }) => [...counts, empty].includes(''))) return null
  const lines = form.lines.map(({ counts, empty }) => ({ counts: counts.map(Number), empty: Number(empty) }))
  const keying = { ...sheets, lines }
  return badCounts(keying, contests, present).length === 0 ? keying : null
}
