/**
 * Questions as the organiser writes them: new ones, scales, points, order. Pure. What a ballot makes of them stands in
 * `server/rules/contests.ts`.
 */
import type { Question } from '../../server/rules/contests.ts'
import { isInScale, scaleOf } from '../../server/rules/forms.ts'
import type { Pack } from '../../server/rules/pack.ts'
import type { Draft } from '../../server/wire.ts'

export type Kind = Question['kind']
export type Grade = Question['options'][number]

/** Of the rule pack that a draft of criteria names; null where the questions are the organiser's own. */
export type Scale = Pick<Pack, 'options'> | null

export const MAX_QUESTIONS = 60
export const MAX_GRADES = 10
export const MAX_OPTIONS = 60

/** Criteria are ruled where a pack is taken on them: only they may be asked, and in its grades. */
export const scaleFor = ({ template }: Pick<Draft, 'template'>, pack: Scale): Scale =>
  template === 'criteria' ? pack : null

/** Nothing but questions stands on the ballot. */
export const isAlone = ({ template }: Pick<Draft, 'template'>): boolean =>
  template === 'criteria' || template === 'survey'

export const emptyGrade = (label = ''): Grade => ({ label, standard: '', points: null })

/** Further criteria are graded like the one before, standards left open. */
export function newQuestion(kind: Kind, questions: readonly Question[]): Question {
  const before = [...questions].reverse().find(question => question.kind === 'graded')?.options ?? []
  const options = {
    graded: before.map(({ label, points }) => ({ label, standard: '', points })),
    choice: [emptyGrade(), emptyGrade()],
    'yes-no': [],
  }
  return { kind, title: '', options: options[kind], max: 1 }
}

/** The grades that a criterion shows: its own, or those of the form with nothing written to them. */
export const gradesOf = ({ options }: Question, scale: Scale): readonly Grade[] =>
  options.length === 0 ? scaleOf(scale).map(({ label }) => emptyGrade(label)) : options

/** True if the labels are the form's, so that they are read and not typed. */
export const hasFormGrades = (question: Question, scale: Scale): boolean => isInScale(question, scaleOf(scale))

/** The same criterion in other grades: points and standards stay where the number of grades does. */
export function inGrades(question: Question, labels: readonly string[], scale: Scale): Question {
  const before = gradesOf(question, scale)
  const same = before.length === labels.length
  return { ...question, options: labels.map((label, i) => (same ? { ...before[i]!, label } : emptyGrade(label))) }
}

/** In the form's own grades; nothing of its own is left where nothing was written to them. */
export function inFormGrades(question: Question, scale: Scale): Question {
  const graded = inGrades(
    question,
    scaleOf(scale).map(({ label }) => label),
    scale,
  )
  return graded.options.every(({ standard, points }) => standard === '' && points === null)
    ? { ...graded, options: [] }
    : graded
}

/** With one up or down; as it was at the ends. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next[from] = list[to]!
  next[to] = list[from]!
  return next
}

// ── points: hundredths, so that sums are exact ──────────────────────────────────────────────────────────────────

/** The highest that a draft takes. */
const MAX_POINTS = 100_000

/** `8,5` or `8.5` as 850; null of an empty field, undefined of what is no number of at most two decimals. */
export function parsePoints(typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const [, whole, decimals = ''] = /^(\d{1,4})(?:[.,](\d{0,2}))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const points = Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  return points > MAX_POINTS ? undefined : points
}

/** 850 as `8,5` with `,` for a comma. */
export function writePoints(points: number | null, comma: string): string {
  if (points === null) return ''
  const decimals = String(points % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return String(Math.trunc(points / 100)) + (decimals === '' ? '' : comma + decimals)
}

/** What the best grades come to; null where nothing is scored. */
export function topPoints(questions: readonly Question[]): number | null {
  const tops = questions
    .filter(({ kind }) => kind === 'graded')
    .map(({ options }) => options.flatMap(({ points }) => points ?? []))
    .filter(points => points.length > 0)
  return tops.length === 0 ? null : tops.reduce((sum, points) => sum + Math.max(...points), 0)
}

/** `part`: some grades have points and others none. `order`: a grade has no fewer points than the better one before. */
export function pointsFaultOf({ kind, options }: Question): 'part' | 'order' | null {
  if (kind !== 'graded') return null
  const points = options.flatMap(one => one.points ?? [])
  if (points.length > 0 && points.length < options.length) return 'part'
  return points.some((one, i) => i > 0 && one >= points[i - 1]!) ? 'order' : null
}
