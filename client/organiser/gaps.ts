/**
 * What stands between a draft and sealing, and what is worth knowing though nothing forbids it. Whatever the server
 * refuses of a draft (`server/draft.ts`) is a gap here, named before anybody presses. Pure; sentences are in the words.
 */
import { attempt } from '../../crypto/fault.ts'
import { ballotBytes, checkSize } from '../../crypto/manifest.ts'
import { contestsOf } from '../../server/rules/contests.ts'
import type { Pack } from '../../server/rules/pack.ts'
import { plainSpelling } from '../../server/rules/spelling.ts'
import type { Draft } from '../../server/wire.ts'
import {
  absentOf,
  cardsFor,
  isAddress,
  isLocal,
  MAX_CONVENED,
  MAX_MARKS,
  MAX_MEMBERS,
  MIN_VOTERS,
  majorityOf,
  tidied,
} from './draft.ts'
import { hasFormGrades, isAlone, pointsFaultOf, scaleFor } from './questions.ts'

/** With the field to look at. `n` counts from 1 where a list is meant. */
export type Gap =
  | { readonly code: 'title' | 'unit' | 'subjects' | 'questions' | 'options' | 'max' | 'survey-rules'; readonly n: 0 }
  | { readonly code: 'subject' | 'subject-twice' | 'option-twice'; readonly n: number }
  | { readonly code: 'question' | 'question-twice' | 'question-rules' | 'question-options'; readonly n: number }
  | { readonly code: 'question-option-twice' | 'question-max' | 'prompt' | 'prompt-twice'; readonly n: number }
  | { readonly code: 'group' | 'group-twice' | 'group-people'; readonly n: number }
  | { readonly code: 'groups' | 'group-sum' | 'group-weights'; readonly n: 0 }
  | { readonly code: 'convened' | 'absent' | 'absent-reason' | 'spare' | 'too-long'; readonly n: 0 }
  | { readonly code: 'members' | 'threshold' | 'minimum' | 'address' | 'address-local' | 'untried'; readonly n: 0 }
  | { readonly code: 'member' | 'member-twice' | 'member-is-subject'; readonly n: number }

/** True things that the organiser may want to change. */
export type Advice =
  | 'basis'
  | 'period'
  | 'points'
  | 'long-ballot'
  | 'few-writers'
  | 'small-unit'
  | 'plain-http'
  | 'elsewhere'
  | 'all-needed'

/** What the server says of the poll that bears on its draft. */
interface Around {
  readonly rehearsal: boolean
  /** A second device has reached the draft's address. */
  readonly tried: boolean
  readonly addresses: readonly string[]
}

/** Of the rule pack that the draft names. */
type Options = Pick<Pack, 'options'>

const MAX_CARDS = 65_535
const MAX_CONTESTS = 255
/** At most so many voters are few enough that agreement among them tells everything. */
const SMALL_UNIT = 9
/** Among at most so many writers colleagues know one another's way of writing. */
const FEW_WRITERS = 20
/** More lines than these tire whoever stands in a hall with a phone. */
const LONG_BALLOT = 60

/** Everything that is missing, in the order of the form. Empty: the box may be sealed. */
export function gapsOf(raw: Draft, around: Around, pack: Options | null = null): readonly Gap[] {
  const draft = tidied(raw)
  return [
    ...aboutSubjects(draft),
    ...aboutWords(draft),
    ...aboutOptions(draft),
    ...aboutQuestions(draft, pack),
    ...aboutSize(draft, pack),
    ...aboutPrompts(draft),
    ...aboutPeople(draft),
    ...aboutGroups(draft),
    ...aboutTeam(draft),
    ...aboutAddress(draft, around),
  ]
}

const whole = (n: number, min: number, max: number): boolean => Number.isInteger(n) && n >= min && n <= max

/** Nothing that people could read. */
const isBlank = (text: string): boolean => plainSpelling(text) === ''

/** Places, from 1, of texts that stood in the list before, as people compare them. */
function repeats(list: readonly string[]): readonly number[] {
  const plain = list.map(plainSpelling)
  return plain.flatMap((text, i) => (plain.indexOf(text) < i ? [i + 1] : []))
}

type Listed = 'question' | 'prompt' | 'group' | 'member'

/** Of a list whose items are all written and all different: where they are not. */
function namesIn(list: readonly string[], code: Listed): readonly Gap[] {
  const again = repeats(list)
  return list.flatMap((text, i): readonly Gap[] => {
    if (isBlank(text)) return [{ code, n: i + 1 }]
    return again.includes(i + 1) ? [{ code: `${code}-twice`, n: i + 1 }] : []
  })
}

function aboutSubjects({ template, subjects, pack }: Draft): readonly Gap[] {
  if (template === 'survey')
    return [
      ...(subjects.length > 0 ? [{ code: 'subjects', n: 0 } as const] : []),
      ...(pack !== null ? [{ code: 'survey-rules', n: 0 } as const] : []),
    ]
  if (subjects.length === 0) return [{ code: 'subjects', n: 0 }]
  const twice = repeats(subjects.map(({ name, position }) => `${plainSpelling(name)}\n${plainSpelling(position)}`))
  return subjects.flatMap(({ position }, i): readonly Gap[] => {
    if (position === '') return [{ code: 'subject', n: i + 1 }]
    return twice.includes(i + 1) ? [{ code: 'subject-twice', n: i + 1 }] : []
  })
}

function aboutWords({ title, unit }: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  if (unit === '') gaps.push({ code: 'unit', n: 0 })
  if (title === '') gaps.push({ code: 'title', n: 0 })
  return gaps
}

/** A pack brings its own. */
function aboutOptions({ template, pack, options, max }: Draft): readonly Gap[] {
  if (template !== 'free' || pack !== null) return []
  const gaps: Gap[] = []
  if (options.length < 2 || options.some(isBlank)) gaps.push({ code: 'options', n: 0 })
  else for (const n of repeats(options)) gaps.push({ code: 'option-twice', n })
  if (!whole(max, 1, Math.min(MAX_MARKS, options.length))) gaps.push({ code: 'max', n: 0 })
  return gaps
}

function aboutQuestions(draft: Draft, pack: Options | null): readonly Gap[] {
  const { questions } = draft
  if (isAlone(draft) && questions.length === 0) return [{ code: 'questions', n: 0 }]
  const scale = scaleFor(draft, pack)
  const ruled = draft.template === 'criteria' && draft.pack !== null
  return [
    ...namesIn(
      questions.map(({ title }) => title),
      'question',
    ),
    ...questions.flatMap((question, i): readonly Gap[] => {
      const { kind, options, max } = question
      const n = i + 1
      if (ruled && (kind !== 'graded' || (scale !== null && !hasFormGrades(question, scale))))
        return [{ code: 'question-rules', n }]
      const labels = options.map(({ label }) => label)
      const gaps: Gap[] = []
      if (kind === 'choice' || (kind === 'graded' && labels.length > 0)) {
        if (labels.length < 2 || labels.some(isBlank)) gaps.push({ code: 'question-options', n })
        else if (repeats(labels).length > 0) gaps.push({ code: 'question-option-twice', n })
      }
      if (kind === 'choice' && !whole(max, 1, Math.min(MAX_MARKS, labels.length)))
        gaps.push({ code: 'question-max', n })
      return gaps
    }),
  ]
}

/** The lines of the ballot, and how long it is once it is sealed. Null: longer than any ballot may be. */
export function sizeOf(raw: Draft, pack: Options | null): { readonly lines: number; readonly bytes: number } | null {
  const contests = contestsOf(tidied(raw), pack)
  const fits = attempt(() => {
    checkSize(contests)
    return true
  })
  return fits === null || contests.length > MAX_CONTESTS
    ? null
    : { lines: contests.length, bytes: ballotBytes(contests) }
}

const aboutSize = (draft: Draft, pack: Options | null): readonly Gap[] =>
  sizeOf(draft, pack) === null ? [{ code: 'too-long', n: 0 }] : []

const aboutPrompts = ({ prompts }: Draft): readonly Gap[] =>
  namesIn(
    prompts.map(({ title }) => title),
    'prompt',
  )

function aboutPeople(draft: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  const { convened, absent, sparePercent, groups } = draft
  // Groups that still want their people are missing, and not their sum.
  const wanting = groups.some(group => group.convened === 0)
  if (!wanting && !whole(convened, MIN_VOTERS, MAX_CONVENED)) gaps.push({ code: 'convened', n: 0 })
  else if (!wanting && convened - absentOf(draft) < MIN_VOTERS) gaps.push({ code: 'absent', n: 0 })
  if (absent.some(({ reason, count }) => reason === '' || !whole(count, 1, MAX_CONVENED)))
    gaps.push({ code: 'absent-reason', n: 0 })
  if (!whole(sparePercent, 0, 100) || cardsFor(draft) > MAX_CARDS) gaps.push({ code: 'spare', n: 0 })
  return gaps
}

function aboutGroups({ groups, convened }: Draft): readonly Gap[] {
  if (groups.length === 0) return []
  if (groups.length === 1) return [{ code: 'groups', n: 0 }]
  const gaps: Gap[] = [
    ...namesIn(
      groups.map(({ label }) => label),
      'group',
    ),
  ]
  const empty = groups.flatMap((group, i) => (group.convened > 0 ? [] : [i + 1]))
  for (const n of empty) gaps.push({ code: 'group-people', n })
  const sum = groups.reduce((all, group) => all + group.convened, 0)
  if (empty.length === 0 && sum !== convened) gaps.push({ code: 'group-sum', n: 0 })
  const weights = groups.flatMap(({ weight }) => weight ?? [])
  const all = weights.length === groups.length && weights.some(weight => weight > 0)
  if (weights.length > 0 && !all) gaps.push({ code: 'group-weights', n: 0 })
  return gaps
}

function aboutTeam({ members, subjects, threshold, minimumBallots }: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  if (!whole(members.length, 2, MAX_MEMBERS)) gaps.push({ code: 'members', n: 0 })
  gaps.push(...namesIn(members, 'member'))
  const judged = new Set(subjects.map(({ name }) => plainSpelling(name)))
  members.forEach((member, i) => {
    if (!isBlank(member) && judged.has(plainSpelling(member))) gaps.push({ code: 'member-is-subject', n: i + 1 })
  })
  if (!whole(threshold, majorityOf(members.length), members.length)) gaps.push({ code: 'threshold', n: 0 })
  if (!whole(minimumBallots, MIN_VOTERS, MAX_CONVENED)) gaps.push({ code: 'minimum', n: 0 })
  return gaps
}

/**
 * The cards will carry this address: another device must have reached it, unless everybody is in this browser, or no
 * voter needs it.
 */
function aboutAddress({ address, medium }: Draft, { rehearsal, tried }: Around): readonly Gap[] {
  if (!isAddress(address)) return [{ code: 'address', n: 0 }]
  if (rehearsal || medium === 'paper') return []
  if (isLocal(address)) return [{ code: 'address-local', n: 0 }]
  return tried ? [] : [{ code: 'untried', n: 0 }]
}

/** The box opens only where every member is there with a phone. On paper nobody's phone opens it. */
export const needsAll = ({ members, threshold, medium }: Draft): boolean =>
  medium === 'phones' && members.length >= 2 && threshold === members.length

/** What is worth knowing of a draft, besides what is missing. */
export function adviceOf(raw: Draft, { addresses }: Around, pack: Options | null = null): readonly Advice[] {
  const draft = tidied(raw)
  const advice: Advice[] = []
  if (draft.basis === '') advice.push('basis')
  if (draft.period === '') advice.push('period')
  if (draft.questions.some(question => pointsFaultOf(question) !== null)) advice.push('points')
  if ((sizeOf(draft, pack)?.lines ?? 0) > LONG_BALLOT) advice.push('long-ballot')
  const voters = draft.convened - absentOf(draft)
  if (draft.prompts.length > 0 && voters >= MIN_VOTERS && voters <= FEW_WRITERS) advice.push('few-writers')
  if (voters >= MIN_VOTERS && voters <= SMALL_UNIT) advice.push('small-unit')
  if (needsAll(draft)) advice.push('all-needed')
  if (isAddress(draft.address) && draft.medium === 'phones') {
    if (draft.address.startsWith('http:')) advice.push('plain-http')
    if (!addresses.includes(draft.address)) advice.push('elsewhere')
  }
  return advice
}
