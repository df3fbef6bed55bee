/**
 * What the organiser states of a meeting for the rules, besides the counts: typed here, before the box is opened, so
 * that nobody adapts it to the result. Pure; the rules of arithmetic that it must keep have names, sentences are in the
 * words.
 */
import type { HistoryRule, Pack } from '../../server/rules/pack.ts'
import type { StatementWire } from '../../server/wire/packs.ts'
import type { Draft } from '../../server/wire.ts'

/** An earlier year of one subject: how it was classified, or the lowest option's marks of how many. */
export interface Earlier {
  readonly year: number
  readonly kind: HistoryRule['counts']['kind']
  /** Empty until one is chosen. */
  readonly quality: string
  readonly low: number
  readonly of: number
}

/** As it is typed; 0 is an empty field. */
export interface Stating {
  readonly date: string
  readonly convened: number
  readonly present: number
  readonly members: number
  readonly histories: readonly (readonly Earlier[])[]
  /** By option, in the pack's order. */
  readonly classified: readonly number[]
}

/** What the packs of a poll ask for besides date and attendance. */
export interface Needs {
  readonly members: boolean
  /** Which kinds of earlier years their rules use. */
  readonly earlier: readonly Earlier['kind'][]
  /** Levels to state how many people came out at, for a cap; none: no cap. */
  readonly levels: Pack['options']
}

export function needsOf(packs: readonly Pack[]): Needs {
  const kinds = packs.flatMap(({ histories }) => histories.map(({ counts }) => counts.kind))
  return {
    members: packs.some(({ denominator, quorum }) => denominator.of === 'members' || quorum?.of === 'members'),
    earlier: (['quality', 'share'] as const).filter(kind => kinds.includes(kind)),
    levels: packs.find(({ cap }) => cap !== null)?.options ?? [],
  }
}

/** What was stated already, else what follows from the draft: only who is present is left to say. */
export function statingOf(stated: StatementWire | null, draft: Draft, needs: Needs, today: string): Stating {
  const { subjects } = draft
  if (stated === null)
    return {
      date: draft.date === '' ? today : draft.date,
      convened: draft.convened,
      present: 0,
      members: 0,
      histories: subjects.map(() => []),
      classified: needs.levels.map(() => 0),
    }
  const { date, attendance, members, histories, classified } = stated
  return {
    date,
    ...attendance,
    members: members ?? 0,
    histories: subjects.map((_, i) => (histories[i] ?? []).map(earlierOf)),
    classified: needs.levels.map(({ id }) => classified?.find(({ level }) => level === id)?.count ?? 0),
  }
}

const earlierOf = (entry: StatementWire['histories'][number][number]): Earlier =>
  'quality' in entry
    ? { year: entry.year, kind: 'quality', quality: entry.quality, low: 0, of: 0 }
    : { year: entry.year, kind: 'share', quality: '', low: entry.low, of: entry.of }

export const newEarlier = (kind: Earlier['kind'], list: readonly Earlier[], date: string): Earlier => {
  const years = list.filter(one => one.kind === kind).map(({ year }) => year)
  const year = years.length === 0 ? Number(date.slice(0, 4)) - 1 : Math.min(...years) - 1
  return { year, kind, quality: '', low: 0, of: 0 }
}

/** A rule of arithmetic that is broken, and where: subject and line count from 1. */
export type Broken =
  | { readonly rule: 'no-date' | 'no-convened' | 'no-present' | 'present-over-convened' | 'no-members' }
  | {
      readonly rule: 'no-year' | 'year-not-before' | 'year-twice' | 'no-quality' | 'no-total' | 'low-over-total'
      readonly subject: number
      readonly line: number
    }

const FIRST_YEAR = 1945
const LEAST_CONVENED = 3

export function brokenIn(stating: Stating, needs: Needs): readonly Broken[] {
  const { date, convened, present, members, histories } = stating
  const broken: Broken[] = []
  if (date === '') broken.push({ rule: 'no-date' })
  if (convened < LEAST_CONVENED) broken.push({ rule: 'no-convened' })
  if (present === 0) broken.push({ rule: 'no-present' })
  else if (present > convened && convened >= LEAST_CONVENED) broken.push({ rule: 'present-over-convened' })
  if (needs.members && members === 0) broken.push({ rule: 'no-members' })
  histories.forEach((list, s) => {
    list.forEach((one, i) => {
      for (const rule of brokenLine(one, list.slice(0, i), date)) broken.push({ rule, subject: s + 1, line: i + 1 })
    })
  })
  return broken
}

type LineRule = Extract<Broken, { readonly line: number }>['rule']

function brokenLine(one: Earlier, above: readonly Earlier[], date: string): readonly LineRule[] {
  const rules: LineRule[] = []
  const { year, kind, quality, low, of } = one
  if (year < FIRST_YEAR) rules.push('no-year')
  // A year is classified at its end, so that the meeting's own year may stand there already; a ballot's may not.
  else if (date !== '' && (kind === 'share' ? year >= yearOf(date) : year > yearOf(date))) rules.push('year-not-before')
  if (above.some(other => other.kind === kind && other.year === year)) rules.push('year-twice')
  if (kind === 'quality' && quality === '') rules.push('no-quality')
  if (kind === 'share' && of === 0) rules.push('no-total')
  if (kind === 'share' && of > 0 && low > of) rules.push('low-over-total')
  return rules
}

const yearOf = (date: string): number => Number(date.slice(0, 4))

/** As it is sent, once nothing is broken. Numbers of classified people that were all left empty are not stated. */
export function statementOf(stating: Stating, needs: Needs): StatementWire {
  const { date, convened, present, members, histories, classified } = stating
  const levels = needs.levels.map(({ id }, i) => ({ level: id, count: classified[i] ?? 0 }))
  return {
    date,
    attendance: { convened, present },
    members: needs.members ? members : null,
    histories: histories.map(list =>
      [...list]
        .sort((a, b) => a.year - b.year)
        .map(({ year, kind, quality, low, of }) => (kind === 'quality' ? { year, quality } : { year, low, of })),
    ),
    classified: levels.some(({ count }) => count > 0) ? levels : null,
  }
}
