/**
 * Forms of ballots: what an agency of one type asks about one title, as data. A draft is filled from a form by copying;
 * the poll then stands on its own text and only names the form (`id/version`). A form is a JSON text, named by the
 * SHA-256 of its bytes (`sha256sum form.json`); what is shipped never changes, a better one gets the next version.
 *
 * A form decides nothing: thresholds, denominators and consequences are a rule pack's (`pack.ts`). Like a pack it says
 * of its questions, points and groups where they were seen, or that nobody saw them.
 */
import { refuse } from '../../crypto/fault.ts'
import { exactly, integer, listOf, nullOr, oneOf, parseJson, type Shape } from '../../crypto/json.ts'
import { checkSize } from '../../crypto/manifest.ts'
import { contestsOf, GRADES, type Question } from './contests.ts'
import { located } from './lines.ts'
import type { Basis, Pack } from './pack.ts'
import { basis, line, packId } from './shape.ts'
import { plainSpelling } from './spelling.ts'

/** Types of organisation, in the order in which people are offered their forms. */
export const ORGANISATIONS = [
  'so-nganh',
  'ubnd-xa',
  'don-vi-su-nghiep',
  'doanh-nghiep',
  'co-quan-dang',
  'khao-sat',
] as const
export type Organisation = (typeof ORGANISATIONS)[number]

/** Further forms of ballot are an organiser's own: no form brings free options for the whole. */
type FormTemplate = 'confidence' | 'quality' | 'criteria' | 'survey'

export interface BallotForm {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly organisation: Organisation
  /** The titles of those whom it is about, or who is asked where it is about nobody. */
  readonly meant: string
  readonly template: FormTemplate
  readonly questions: readonly Question[]
  readonly prompts: readonly { readonly title: string; readonly maxBytes: number }[]
  /** Labels of groups that it suggests; none: everybody together. */
  readonly groups: readonly string[]
  /** Of the wording of its questions. */
  readonly basis: Basis
  /** Of its scoring table; null where nothing is scored. */
  readonly pointsBasis: Basis | null
  /** Null where it suggests no groups. */
  readonly groupsBasis: Basis | null
  /** Of the columns for self-score and self-classification; null where it has none. */
  readonly reference: Basis | null
  /** What else is worth knowing before it is used. */
  readonly notes: readonly { readonly text: string; readonly basis: Basis }[]
}

const MAX_CHARS = 262_144
const MAX_LINE = 500
/** As a draft takes them (`server/draft.ts`). */
const MAX_QUESTIONS = 60
const MAX_GRADES = 10
const MAX_POINTS = 100_000
const MAX_MARKS = 15

/** Words that a draft has room for. */
const words: Shape<string> = (value, where) => {
  const found = line(value, where)
  return found.length > MAX_LINE ? refuse('wrong-length', where, `1…${MAX_LINE}`, found.length) : found
}

/** A grade may stand without a standard. */
const standard: Shape<string> = (value, where) => (value === '' ? '' : words(value, where))

const question: Shape<Question> = exactly({
  kind: oneOf('graded', 'choice', 'yes-no'),
  title: words,
  options: listOf(exactly({ label: words, standard, points: nullOr(integer(0, MAX_POINTS)) }), 0, 60),
  max: integer(1, MAX_MARKS),
})

const shape = exactly({
  format: oneOf('phieukin/form/v1'),
  id: packId,
  version: integer(1, 9999),
  title: words,
  organisation: oneOf(...ORGANISATIONS),
  meant: words,
  template: oneOf('confidence', 'quality', 'criteria', 'survey'),
  basis,
  pointsBasis: nullOr(basis),
  groupsBasis: nullOr(basis),
  reference: nullOr(basis),
  notes: listOf(exactly({ text: line, basis }), 0, 20),
  groups: listOf(words, 0, 15),
  questions: listOf(question, 0, MAX_QUESTIONS),
  prompts: listOf(exactly({ title: words, maxBytes: integer(1, 4096) }), 0, 15),
})

/**
 * Every refusal's place begins with `line N, `. What comes back makes a ballot about one subject, or about nobody.
 *
 * Refuses besides what does not fit the shape: `duplicate`, `wrong-length`, `out-of-range`, `wrong-value`, `too-large`.
 */
export function readForm(text: string): BallotForm {
  if (text.length > MAX_CHARS) refuse('too-large', 'line 1, form', `≤ ${MAX_CHARS}`, text.length)
  return located(text, 'form', () => {
    const { format: _, ...form } = shape(parseJson(text, 'form'), '')
    checkForm(form)
    return form
  })
}

/** As a draft and a manifest name it. */
export const formName = ({ id, version }: Pick<BallotForm, 'id' | 'version'>): string => `${id}/${version}`

function checkForm(form: BallotForm): void {
  const { template, questions, prompts, groups } = form
  const alone = template === 'criteria' || template === 'survey'
  if (alone && questions.length === 0) refuse('wrong-length', 'questions', `1…${MAX_QUESTIONS}`, 0)
  questions.forEach(checkQuestion)
  allDifferent(questions.map(({ title }, i) => [title, `questions[${i}].title`]))
  allDifferent(prompts.map(({ title }, i) => [title, `prompts[${i}].title`]))
  allDifferent(groups.map((label, i) => [label, `groups[${i}]`]))
  if (groups.length === 1) refuse('wrong-length', 'groups', '0, 2…15', 1)
  const scored = questions.some(({ options }) => options.some(({ points }) => points !== null))
  stands(form.pointsBasis, scored, 'pointsBasis')
  stands(form.groupsBasis, groups.length > 0, 'groupsBasis')
  if (template === 'survey' && form.reference !== null) refuse('wrong-value', 'reference', 'null')
  if ((form.organisation === 'khao-sat') !== (template === 'survey'))
    refuse('wrong-value', 'organisation', template === 'survey' ? 'khao-sat' : 'not khao-sat', form.organisation)
  checkSize(contestsOf({ ...form, subjects: [{ name: '', position: '–' }], options: [], max: 1 }, null))
}

/** What there is has a basis, and nothing else has. */
function stands(found: Basis | null, there: boolean, where: string): void {
  if ((found !== null) !== there)
    refuse('wrong-value', where, there ? 'basis' : 'null', found === null ? 'null' : 'basis')
}

/** The same to whoever reads it is the same. */
function allDifferent(list: readonly (readonly [text: string, where: string])[]): void {
  const seen = new Set<string>()
  for (const [text, where] of list) {
    if (seen.has(plainSpelling(text))) refuse('duplicate', where, undefined, text.slice(0, 80))
    seen.add(plainSpelling(text))
  }
}

function checkQuestion({ kind, options, max }: Question, q: number): void {
  const where = `questions[${q}].options`
  const [least, most] = { graded: [2, MAX_GRADES], choice: [2, 60], 'yes-no': [0, 0] }[kind] as [number, number]
  const form = kind === 'graded' && options.length === 0
  if (!form && (options.length < least || options.length > most))
    refuse('wrong-length', where, `${least}…${most}`, options.length)
  allDifferent(options.map(({ label }, i) => [label, `${where}[${i}].label`]))
  if (max > (kind === 'choice' ? Math.min(options.length, MAX_MARKS) : 1))
    refuse('out-of-range', `questions[${q}].max`, kind === 'choice' ? `≤ ${options.length}` : '1', max)
  checkPoints(options, kind, where)
}

/** All grades of a criterion have points or none has, and a better grade has more. */
function checkPoints(options: Question['options'], kind: Question['kind'], where: string): void {
  options.forEach(({ points }, i) => {
    const before = options[i - 1]?.points
    if (kind !== 'graded' && points !== null) refuse('wrong-value', `${where}[${i}].points`, 'null', points)
    if (before === undefined) return
    if ((before === null) !== (points === null))
      refuse('wrong-value', `${where}[${i}].points`, before === null ? 'null' : 'integer', String(points))
    if (before !== null && points! >= before) refuse('wrong-value', `${where}[${i}].points`, `< ${before}`, points!)
  })
}

/** The grades that a criterion has without any of its own: the pack's where a pack is taken on criteria. */
export const scaleOf = (pack: Pick<Pack, 'options'> | null): readonly { readonly label: string }[] =>
  pack === null ? GRADES : pack.options

/** A criterion in these grades, whatever their standards and points. */
export const isInScale = ({ kind, options }: Question, scale: readonly { readonly label: string }[]): boolean =>
  kind === 'graded' &&
  (options.length === 0 ||
    (options.length === scale.length && scale.every(({ label }, i) => label === options[i]!.label)))

/** May be filled into a draft under this pack: the ballot is of the pack's form, and criteria are in its grades. */
export const fitsPack = (
  { template, questions }: Pick<BallotForm, 'template' | 'questions'>,
  pack: Pick<Pack, 'options' | 'template'>,
): boolean =>
  template === pack.template &&
  (template !== 'criteria' || questions.every(question => isInScale(question, scaleOf(pack))))
