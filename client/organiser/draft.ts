/**
 * The draft as the organiser writes it: what a new one says, what follows from a change, what is still missing before
 * the box can be sealed, and what is worth knowing though nothing forbids it. Pure; sentences are in the words.
 */
import { attempt } from '../../crypto/fault.ts'
import { checkSize } from '../../crypto/manifest.ts'
import type { Pack } from '../../server/rules/pack.ts'
import type { Draft, Template } from '../../server/wire.ts'
import { contestsOf } from './manifest.ts'

/** What stands in the way of sealing, with the field to look at. `n` counts from 1 where a list is meant. */
export type Gap =
  | { readonly code: 'title' | 'unit' | 'subjects' | 'criteria' | 'options' | 'max'; readonly n: 0 }
  | { readonly code: 'subject' | 'subject-twice' | 'criterion-twice' | 'option-twice'; readonly n: number }
  | { readonly code: 'convened' | 'absent' | 'absent-reason' | 'spare' | 'too-long'; readonly n: 0 }
  | { readonly code: 'members' | 'threshold' | 'minimum' | 'address' | 'address-local' | 'untried'; readonly n: 0 }
  | { readonly code: 'member' | 'member-twice' | 'member-is-subject'; readonly n: number }

/** True things that the organiser may want to change. */
export type Advice = 'basis' | 'period' | 'small-unit' | 'plain-http' | 'elsewhere' | 'all-needed'

/** What the server says of the poll that bears on its draft. */
interface Around {
  readonly rehearsal: boolean
  /** A second device has reached the draft's address. */
  readonly tried: boolean
  readonly addresses: readonly string[]
}

/** Of the rule pack that the draft names. */
type Options = Pick<Pack, 'options'>

const MIN_VOTERS = 3
const MAX_CARDS = 65_535
const MAX_CONVENED = 50_000
export const MAX_MEMBERS = 9
export const MAX_MARKS = 15
/** At most so many voters are few enough that agreement among them tells everything. */
const SMALL_UNIT = 9

/** Cards to print: one for everybody convened, and spare ones, rounded up. */
export const cardsFor = ({ convened, sparePercent }: Pick<Draft, 'convened' | 'sparePercent'>): number =>
  convened + Math.ceil((convened * sparePercent) / 100)

export const absentOf = ({ absent }: Pick<Draft, 'absent'>): number => absent.reduce((sum, { count }) => sum + count, 0)

/** The smallest number of members of whom no two disjoint sets exist. */
export const majorityOf = (n: number): number => Math.floor(n / 2) + 1

/** Thresholds from which no two disjoint quorums follow. */
export const thresholdsOf = (n: number): readonly number[] =>
  Array.from({ length: n - majorityOf(n) + 1 }, (_, i) => majorityOf(n) + i)

/** Nothing was written yet. */
export const isBlank = ({ title, unit, subjects }: Draft): boolean =>
  title === '' && unit === '' && subjects.every(({ name, position }) => name === '' && position === '')

export interface FreshWords {
  readonly member: (n: number) => string
  readonly unit: string
  readonly subject: string
  readonly basis: string
  readonly year: (year: number) => string
  readonly titleOf: (template: Template, whom: string) => string
}

/** What a new draft says before anybody writes: as little as possible is left to type, and a rehearsal is whole. */
export function freshDraft(empty: Draft, rehearsal: boolean, year: number, words: FreshWords): Draft {
  const draft = { ...empty, period: words.year(year), criteria: [''], options: ['', ''] }
  if (!rehearsal) return draft
  const whole: Draft = {
    ...draft,
    unit: words.unit,
    basis: draft.basis === '' ? words.basis : draft.basis,
    subjects: [{ name: '', position: words.subject }],
    convened: 5,
    members: [1, 2, 3].map(words.member),
    threshold: 2,
  }
  return { ...whole, title: titleFor(whole, words) }
}

const whomOf = ({ subjects }: Draft): string =>
  subjects.length === 1 ? [subjects[0]!.position.trim(), subjects[0]!.name.trim()].filter(s => s !== '').join(' ') : ''

/** The title that follows from template and subject, until the organiser writes another. */
const titleFor = (draft: Draft, words: Pick<FreshWords, 'titleOf'>): string =>
  words.titleOf(draft.template, whomOf(draft))

/** A change, and what follows from it as long as the organiser has not said otherwise: title, and threshold. */
export function changed(draft: Draft, change: Partial<Draft>, words: Pick<FreshWords, 'titleOf'>): Draft {
  const next = { ...draft, ...change }
  const followsTitle = draft.title === '' || draft.title === titleFor(draft, words)
  const followsMajority = draft.threshold === majorityOf(draft.members.length)
  return {
    ...next,
    title: change.title === undefined && followsTitle ? titleFor(next, words) : next.title,
    threshold: change.threshold === undefined && followsMajority ? majorityOf(next.members.length) : next.threshold,
  }
}

/** As it is meant: without white space at the ends. */
export function tidied(draft: Draft): Draft {
  const trimmed = (list: readonly string[]) => list.map(s => s.trim())
  return {
    ...draft,
    address: draft.address.trim().replace(/\/+$/, ''),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    basis: draft.basis.trim(),
    period: draft.period.trim(),
    subjects: draft.subjects.map(({ name, position }) => ({ name: name.trim(), position: position.trim() })),
    criteria: trimmed(draft.criteria),
    options: trimmed(draft.options),
    absent: draft.absent.map(({ reason, count }) => ({ reason: reason.trim(), count })),
    members: trimmed(draft.members),
  }
}

const clamped = (n: number, min: number, max: number): number =>
  Math.min(Math.max(Number.isFinite(n) ? Math.trunc(n) : min, min), max)

/** As it is saved: what is only half typed is brought into the shape that the door takes. */
export function sendable(raw: Draft): Draft {
  const draft = tidied(raw)
  return {
    ...draft,
    address: isAddress(draft.address) ? draft.address : '',
    max: clamped(draft.max, 1, 60),
    convened: clamped(draft.convened, 0, MAX_CONVENED),
    absent: draft.absent.map(({ reason, count }) => ({ reason, count: clamped(count, 0, MAX_CONVENED) })),
    sparePercent: clamped(draft.sparePercent, 0, 100),
    threshold: clamped(draft.threshold, 1, MAX_MEMBERS),
    minimumBallots: clamped(draft.minimumBallots, MIN_VOTERS, MAX_CONVENED),
  }
}

/** Names that people would call the same: case, white space and the form of diacritics do not matter. */
const sameName = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (s: string): string => s.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim()

export const isAddress = (s: string): boolean => /^https?:\/\/[^\s/?#]+$/.test(s)
export const isLocal = (s: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(s)
const whole = (n: number, min: number, max: number): boolean => Number.isInteger(n) && n >= min && n <= max

/** Everything that is missing, in the order of the form. Empty: the box may be sealed. */
export function gapsOf(raw: Draft, around: Around, pack: Options | null = null): readonly Gap[] {
  const draft = tidied(raw)
  return [
    ...aboutTemplate(draft, pack),
    ...aboutSubjects(draft),
    ...aboutWords(draft),
    ...aboutPeople(draft),
    ...aboutTeam(draft),
    ...aboutAddress(draft, around),
  ]
}

function aboutWords({ title, unit }: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  if (unit === '') gaps.push({ code: 'unit', n: 0 })
  if (title === '') gaps.push({ code: 'title', n: 0 })
  return gaps
}

/** The cards will carry this address: another device must have reached it, unless everybody is in this browser. */
function aboutAddress({ address }: Draft, { rehearsal, tried }: Around): readonly Gap[] {
  if (!isAddress(address)) return [{ code: 'address', n: 0 }]
  if (rehearsal) return []
  if (isLocal(address)) return [{ code: 'address-local', n: 0 }]
  return tried ? [] : [{ code: 'untried', n: 0 }]
}

/** Places, from 1, of items that stood in the list before. */
function repeats<T>(list: readonly T[], same: (a: T, b: T) => boolean): readonly number[] {
  return list.flatMap((item, i) => (list.slice(0, i).some(other => same(item, other)) ? [i + 1] : []))
}

function aboutSubjects({ subjects }: Draft): readonly Gap[] {
  if (subjects.length === 0) return [{ code: 'subjects', n: 0 }]
  const twice = repeats(subjects, (a, b) => sameName(a.name, b.name) && sameName(a.position, b.position))
  return subjects.flatMap(({ position }, i): readonly Gap[] => {
    if (position === '') return [{ code: 'subject', n: i + 1 }]
    return twice.includes(i + 1) ? [{ code: 'subject-twice', n: i + 1 }] : []
  })
}

function aboutTemplate(draft: Draft, pack: Options | null): readonly Gap[] {
  const gaps: Gap[] = []
  const { template, criteria, options, max } = draft
  if (template === 'criteria') {
    if (criteria.length === 0 || criteria.includes('')) gaps.push({ code: 'criteria', n: 0 })
    else for (const n of repeats(criteria, sameName)) gaps.push({ code: 'criterion-twice', n })
  }
  if (template === 'free') {
    if (options.length < 2 || options.includes('')) gaps.push({ code: 'options', n: 0 })
    else for (const n of repeats(options, sameName)) gaps.push({ code: 'option-twice', n })
    if (!whole(max, 1, Math.min(MAX_MARKS, options.length))) gaps.push({ code: 'max', n: 0 })
  }
  const contests = contestsOf(draft, pack)
  const short = attempt(() => {
    checkSize(contests)
    return true
  })
  if (contests.length > 255 || draft.options.length > 255 || short === null) gaps.push({ code: 'too-long', n: 0 })
  return gaps
}

function aboutPeople(draft: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  const { convened, absent, sparePercent } = draft
  if (!whole(convened, MIN_VOTERS, MAX_CONVENED)) gaps.push({ code: 'convened', n: 0 })
  else if (convened - absentOf(draft) < MIN_VOTERS) gaps.push({ code: 'absent', n: 0 })
  if (absent.some(({ reason, count }) => reason === '' || !whole(count, 1, MAX_CONVENED)))
    gaps.push({ code: 'absent-reason', n: 0 })
  if (!whole(sparePercent, 0, 100) || cardsFor(draft) > MAX_CARDS) gaps.push({ code: 'spare', n: 0 })
  return gaps
}

function aboutTeam({ members, subjects, threshold, minimumBallots }: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  if (!whole(members.length, 2, MAX_MEMBERS)) gaps.push({ code: 'members', n: 0 })
  const twice = repeats(members, sameName)
  members.forEach((member, i) => {
    if (member === '') gaps.push({ code: 'member', n: i + 1 })
    else if (twice.includes(i + 1)) gaps.push({ code: 'member-twice', n: i + 1 })
    else if (subjects.some(({ name }) => name !== '' && sameName(name, member)))
      gaps.push({ code: 'member-is-subject', n: i + 1 })
  })
  if (!whole(threshold, majorityOf(members.length), members.length)) gaps.push({ code: 'threshold', n: 0 })
  if (!whole(minimumBallots, MIN_VOTERS, MAX_CONVENED)) gaps.push({ code: 'minimum', n: 0 })
  return gaps
}

/** What is worth knowing of a draft, besides what is missing. */
export function adviceOf(raw: Draft, { addresses }: Around): readonly Advice[] {
  const draft = tidied(raw)
  const advice: Advice[] = []
  if (draft.basis === '') advice.push('basis')
  if (draft.period === '') advice.push('period')
  const voters = draft.convened - absentOf(draft)
  if (voters >= MIN_VOTERS && voters <= SMALL_UNIT) advice.push('small-unit')
  if (draft.members.length >= 2 && draft.threshold === draft.members.length) advice.push('all-needed')
  if (isAddress(draft.address)) {
    if (draft.address.startsWith('http:')) advice.push('plain-http')
    if (!addresses.includes(draft.address)) advice.push('elsewhere')
  }
  return advice
}
