/** The organiser's draft at the door: its shape, and what must hold before the box is sealed. */
import type { Rng } from '../crypto/bytes.ts'
import { toBase64url } from '../crypto/bytes.ts'
import { refuse } from '../crypto/fault.ts'
import { exactly, exactlyOr, integer, type Json, listOf, nullOr, oneOf, type Shape, text } from '../crypto/json.ts'
import { no } from './refusals.ts'
import { isDay } from './rules/day.ts'
import { plainSpelling } from './rules/spelling.ts'
import type { Draft } from './wire.ts'

const MAX_CHARS = 500
const MAX_PEOPLE = 50_000
const MAX_QUESTIONS = 60
const MAX_WEIGHT = 1000
const MAX_POINTS = 100_000
/** As many as contests, prompts and groups allow marks for (protocol, section 3). */
const MAX_MARKS = 15
/** Of a ballot: as many as a manifest and an outcome hold. */
const MAX_LINES = 255

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

/** A question as it is written; points are hundredths. */
const question = exactly({
  kind: oneOf('graded', 'choice', 'yes-no'),
  title: line,
  options: listOf(exactly({ label: line, standard: line, points: nullOr(integer(0, MAX_POINTS)) }), 0, 60),
  max: integer(1, 60),
})

const shape = exactly({
  address,
  title: line,
  unit: line,
  basis: line,
  period: line,
  subjects: listOf(exactlyOr({ name: line, position: line }, { selfScore: line, selfLevel: line }), 0, 60),
  subjectVotes: flag,
  template: oneOf('confidence', 'quality', 'criteria', 'free', 'survey'),
  pack: nullOr(packHash),
  date: day,
  reviewed: day,
  summary: day,
  questions: listOf(question, 0, MAX_QUESTIONS),
  prompts: listOf(exactly({ title: line, maxBytes: integer(1, 4096) }), 0, 15),
  from: line,
  options: listOf(line, 0, 60),
  max: integer(1, 60),
  medium: oneOf('phones', 'paper'),
  groups: listOf(
    exactly({ label: line, convened: integer(0, MAX_PEOPLE), weight: nullOr(integer(0, MAX_WEIGHT)) }),
    0,
    60,
  ),
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
  const about = template === 'survey' ? subjects.length === 0 : subjects.length > 0
  need(draft.address !== '', 'address')
  need(draft.title.trim() !== '', 'title')
  need(draft.unit.trim() !== '', 'unit')
  need(about && subjects.every(({ position }) => position.trim() !== ''), 'subjects')
  need(members.length >= 2 && members.every(name => plainSpelling(name) !== ''), 'members')
  need(new Set(members.map(plainSpelling)).size === members.length, 'members')
  // Nobody on the list of subjects counts.
  need(!members.some(name => subjects.some(subject => plainSpelling(subject.name) === plainSpelling(name))), 'members')
  need(2 * threshold > members.length && threshold <= members.length && threshold >= 2, 'threshold')
  need(convened >= 3, 'convened')
  need(absent.reduce((sum, { count }) => sum + count, 0) < convened, 'absent')
  checkQuestions(draft, need)
  checkGroups(draft, need)
  need(rehearsal || draft.medium === 'paper' || !/^https?:\/\/(localhost|127\.|\[::1\])/.test(draft.address), 'address')
}

type Need = (holds: boolean, where: string) => void

function checkQuestions(
  { template, subjects, pack, options, max, questions, prompts, medium }: Draft,
  need: Need,
): void {
  const further = template === 'criteria' || template === 'survey'
  need(!further || questions.length > 0, 'questions')
  need(Math.max(subjects.length, 1) * (questions.length + (further ? 0 : 1)) <= MAX_LINES, 'questions')
  need(template !== 'survey' || pack === null, 'pack')
  need(template !== 'criteria' || pack === null || questions.every(({ kind }) => kind === 'graded'), 'questions')
  const written = (list: readonly string[]) => list.every(text => plainSpelling(text) !== '')
  const different = (list: readonly string[]) => new Set(list.map(plainSpelling)).size === list.length
  need(written(questions.map(({ title }) => title)) && different(questions.map(({ title }) => title)), 'questions')
  questions.forEach((question, q) => {
    const labels = question.options.map(({ label }) => label)
    const ownScale = question.kind === 'choice' || (question.kind === 'graded' && labels.length > 0)
    need(!ownScale || (labels.length >= 2 && written(labels) && different(labels)), `questions[${q}].options`)
    need(question.kind !== 'choice' || question.max <= Math.min(labels.length, MAX_MARKS), `questions[${q}].max`)
  })
  // A pack brings its own options.
  const free = template === 'free' && pack === null
  need(!free || (options.length >= 2 && options.every(o => o.trim() !== '')), 'options')
  need(!free || max <= Math.min(options.length, MAX_MARKS), 'max')
  need(written(prompts.map(({ title }) => title)) && different(prompts.map(({ title }) => title)), 'prompts')
  need(medium === 'phones' || prompts.length === 0, 'prompts')
}

function checkGroups({ groups, convened, medium }: Draft, need: Need): void {
  if (groups.length === 0) return
  const labels = groups.map(({ label }) => plainSpelling(label))
  need(groups.length >= 2 && !labels.includes('') && new Set(labels).size === labels.length, 'groups')
  need(
    groups.every(one => one.convened > 0) && groups.reduce((sum, one) => sum + one.convened, 0) === convened,
    'groups',
  )
  const weighted = groups.filter(({ weight }) => weight !== null)
  need(
    weighted.length === 0 || (weighted.length === groups.length && weighted.some(({ weight }) => weight! > 0)),
    'groups',
  )
  // Sheets of several groups in one box could not be told apart; in several boxes they are several rounds.
  need(medium === 'phones', 'groups')
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
  questions: [],
  prompts: [],
  from: '',
  medium: 'phones',
  groups: [],
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
