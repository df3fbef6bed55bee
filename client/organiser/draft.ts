/**
 * The draft as the organiser writes it: what a new one says, what follows from a change, and how it is saved. What is
 * missing before the box can be sealed stands in `gaps.ts`. Pure; sentences are in the words.
 */
import { groupsOf } from '../../server/rules/contests.ts'
import type { Draft, Template } from '../../server/wire.ts'
import { EMPTY_SUBJECT } from './subjects.ts'

export const MIN_VOTERS = 3
export const MAX_CONVENED = 50_000
export const MAX_MEMBERS = 9
export const MAX_MARKS = 15
export const MAX_PROMPTS = 15
const MAX_BYTES = 4096
const MAX_WEIGHT = 1000

/** Cards to print: one for everybody convened, and spare ones, rounded up. */
export const cardsFor = (draft: Pick<Draft, 'convened' | 'sparePercent' | 'groups'>): number =>
  groupsOf(draft).reduce((sum, { cards }) => sum + cards, 0)

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
  const draft = { ...empty, period: words.year(year), options: ['', ''] }
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

/**
 * A change, and what follows from it: a survey is about nobody and under no rule pack, every other ballot about
 * somebody. And as long as the organiser has not said otherwise: title, and threshold.
 */
export function changed(draft: Draft, change: Partial<Draft>, words: Pick<FreshWords, 'titleOf'>): Draft {
  const next = aboutWhom({ ...draft, ...change })
  const followsTitle = draft.title === '' || draft.title === titleFor(draft, words)
  const followsMajority = draft.threshold === majorityOf(draft.members.length)
  return {
    ...next,
    title: change.title === undefined && followsTitle ? titleFor(next, words) : next.title,
    threshold: change.threshold === undefined && followsMajority ? majorityOf(next.members.length) : next.threshold,
  }
}

function aboutWhom(draft: Draft): Draft {
  if (draft.template === 'survey') return { ...draft, pack: null, subjects: [] }
  return draft.subjects.length === 0 ? { ...draft, subjects: [EMPTY_SUBJECT] } : draft
}

/** As it is meant: without white space at the ends, and on paper without what only phones can do. */
export function tidied(draft: Draft): Draft {
  const trimmed = (list: readonly string[]) => list.map(s => s.trim())
  const onPaper = draft.medium === 'paper'
  return {
    ...draft,
    address: draft.address.trim().replace(/\/+$/, ''),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    basis: draft.basis.trim(),
    period: draft.period.trim(),
    subjects: draft.subjects.map(({ name, position, selfScore, selfLevel }) => ({
      name: name.trim(),
      position: position.trim(),
      ...(selfScore?.trim() ? { selfScore: selfScore.trim() } : {}),
      ...(selfLevel?.trim() ? { selfLevel: selfLevel.trim() } : {}),
    })),
    questions: draft.questions.map(question => ({
      ...question,
      title: question.title.trim(),
      options: question.options.map(one => ({ ...one, label: one.label.trim(), standard: one.standard.trim() })),
    })),
    prompts: onPaper ? [] : draft.prompts.map(prompt => ({ ...prompt, title: prompt.title.trim() })),
    groups: onPaper ? [] : draft.groups.map(group => ({ ...group, label: group.label.trim() })),
    options: trimmed(draft.options),
    absent: draft.absent.map(({ reason, count }) => ({ reason: reason.trim(), count })),
    members: trimmed(draft.members),
    // Nobody holds a part of a key.
    threshold: onPaper ? majorityOf(draft.members.length) : draft.threshold,
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
    questions: draft.questions.map(question => ({ ...question, max: clamped(question.max, 1, 60) })),
    prompts: draft.prompts.map(({ title, maxBytes }) => ({ title, maxBytes: clamped(maxBytes, 1, MAX_BYTES) })),
    groups: draft.groups.map(({ label, convened, weight }) => ({
      label,
      convened: clamped(convened, 0, MAX_CONVENED),
      weight: weight === null ? null : clamped(weight, 0, MAX_WEIGHT),
    })),
    convened: clamped(draft.convened, 0, MAX_CONVENED),
    absent: draft.absent.map(({ reason, count }) => ({ reason, count: clamped(count, 0, MAX_CONVENED) })),
    sparePercent: clamped(draft.sparePercent, 0, 100),
    threshold: clamped(draft.threshold, 1, MAX_MEMBERS),
    minimumBallots: clamped(draft.minimumBallots, MIN_VOTERS, MAX_CONVENED),
  }
}

export const isAddress = (s: string): boolean => /^https?:\/\/[^\s/?#]+$/.test(s)
export const isLocal = (s: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/.test(s)
