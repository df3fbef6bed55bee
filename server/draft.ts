/** The organiser's draft at the door: its shape, and what must hold before the box is sealed. */
import type { Rng } from '../crypto/bytes.ts'
import { toBase64url } from '../crypto/bytes.ts'
import { refuse } from '../crypto/fault.ts'
import { exactly, integer, type Json, listOf, nullOr, oneOf, type Shape, text } from '../crypto/json.ts'
import { no } from './refusals.ts'
import { isDay } from './rules/day.ts'
import { plainSpelling } from './rules/spelling.ts'
import type { Draft } from './wire.ts'

const MAX_CHARS = 500
const MAX_PEOPLE = 50_000

const line: Shape<string> = (value, where) => {
  const found = text(value, where)
  return found.length > MAX_CHARS ? refuse('too-large', where, `≤ ${MAX_CHARS}`, found.length) : found
}

const flag: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : refuse('wrong-type', where, 'boolean')

const address: Shape<string> = (value, where) => {
  const found = line(value, where)
  return found === '' || /^https?:\/\/[^\s/?#]+$/.test(found) ? found : refuse('wrong-value', where)
}

/** A day as `2026-12-05`, or nothing yet. */
const day: Shape<string> = (value, where) => {
  const found = line(value, where)
  return found === '' || isDay(found) ? found : refuse('wrong-value', where)
}

const packHash: Shape<string> = (value, where) => {
  const found = line(value, where)
  return /^[0-9a-f]{64}$/.test(found) ? found : refuse('wrong-value', where)
}

const shape = exactly({
  address,
  title: line,
  unit: line,
  basis: line,
  period: line,
  subjects: listOf(exactly({ name: line, position: line }), 0, 60),
  subjectVotes: flag,
  template: oneOf('confidence', 'quality', 'criteria', 'free'),
  pack: nullOr(packHash),
  date: day,
  reviewed: day,
  summary: day,
  criteria: listOf(line, 0, 60),
  options: listOf(line, 0, 60),
  max: integer(1, 60),
  convened: integer(0, MAX_PEOPLE),
  absent: listOf(exactly({ reason: line, count: integer(0, MAX_PEOPLE) }), 0, 60),
  sparePercent: integer(0, 100),
  members: listOf(line, 0, 9),
  threshold: integer(1, 9),
  minimumBallots: integer(3, MAX_PEOPLE),
  disclosure: oneOf('meeting', 'authority', 'public'),
  wifi: nullOr(exactly({ name: line, password: line })),
})

/** Any state of writing that could become a poll; refuses (as a parser) what could not. */
export const readDraft = (value: Json): Draft => shape(value, 'draft')

/** What must hold before the box is sealed. Refuses `bad-draft`, naming the field. */
export function checkDraft(draft: Draft, rehearsal: boolean): void {
  const { members, threshold, subjects, template, convened, absent } = draft
  const need = (holds: boolean, where: string) => {
    if (!holds) no('bad-draft', where)
  }
  need(draft.address !== '', 'address')
  need(draft.title.trim() !== '', 'title')
  need(draft.unit.trim() !== '', 'unit')
  need(subjects.length > 0 && subjects.every(({ position }) => position.trim() !== ''), 'subjects')
  need(members.length >= 2 && members.every(name => plainSpelling(name) !== ''), 'members')
  need(new Set(members.map(plainSpelling)).size === members.length, 'members')
  // Nobody on the list of subjects counts.
  need(!members.some(name => subjects.some(subject => plainSpelling(subject.name) === plainSpelling(name))), 'members')
  need(2 * threshold > members.length && threshold <= members.length && threshold >= 2, 'threshold')
  need(convened >= 3, 'convened')
  need(absent.reduce((sum, { count }) => sum + count, 0) < convened, 'absent')
  need(template !== 'criteria' || (draft.criteria.length > 0 && draft.criteria.every(c => c.trim() !== '')), 'criteria')
  // A pack brings its own options.
  const free = template === 'free' && draft.pack === null
  const options = draft.options
  need(!free || (options.length >= 2 && options.every(o => o.trim() !== '')), 'options')
  need(!free || draft.max <= Math.min(options.length, 15), 'max')
  need(rehearsal || !/^https?:\/\/(localhost|127\.|\[::1\])/.test(draft.address), 'address')
}

/** How many people may hold a card. */
export const expected = ({ convened, absent }: Draft): number =>
  convened - absent.reduce((sum, { count }) => sum + count, 0)

export const emptyDraft = (addressNow: string): Draft => ({
  address: addressNow,
  title: '',
  unit: '',
  basis: '',
  period: '',
  subjects: [{ name: '', position: '' }],
  subjectVotes: false,
  template: 'confidence',
  pack: null,
  date: '',
  reviewed: '',
  summary: '',
  criteria: [],
  options: [],
  max: 1,
  convened: 0,
  absent: [],
  sparePercent: 10,
  members: ['', '', ''],
  threshold: 2,
  minimumBallots: 5,
  disclosure: 'meeting',
  wifi: null,
})

/** 16 bytes as 22 characters: links, nonces, handles. */
export const newName = (rng: Rng): string => toBase64url(rng(16))
