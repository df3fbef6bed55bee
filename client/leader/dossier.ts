/** What the page works out from a dossier's texts: who was judged, what was counted, what the rules say. Pure. */
import { shortCode } from '../../crypto/bytes.ts'
import { type Closing, parseClosing } from '../../crypto/closing.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Contest, type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { parseResult, type Result } from '../../crypto/tally.ts'
import type { DossierView } from '../../server/wire/leader.ts'
import { type Judged, judgedOf } from '../judged.ts'
import { paperOf } from '../paper.ts'

/** One line of the ballot: of a ballot by criteria a subject has several. */
export interface BallotLine {
  /** Its place in the manifest and in the outcome. */
  readonly at: number
  readonly criterion: string | null
  readonly title: string
  readonly options: Contest['options']
  readonly max: number
  /** By option. Empty before the count. */
  readonly counts: readonly number[]
  /** Collected. */
  readonly ballots: number
}

export interface Subject {
  /** From 0, as the manifest first names them: entries and statements count so. */
  readonly index: number
  readonly name: string
  readonly position: string
  readonly lines: readonly BallotLine[]
}

interface Counted {
  readonly code: string
  readonly issued: number
  readonly collected: number
}

export interface Facts {
  readonly title: string
  readonly manifestCode: string
  /** Of the counting team, its head first. */
  readonly team: readonly string[]
  readonly subjects: readonly Subject[]
  /** Null before the count. */
  readonly counted: Counted | null
  readonly judged: Judged | null
}

type Texts = Pick<DossierView, 'manifest' | 'closing' | 'result' | 'outcome'>

/** Null where the texts are no manifest: a draft has none. */
export function factsOf({ manifest: text, closing, result, outcome }: Texts, packs: readonly string[]): Facts | null {
  const manifest = attempt(() => parseManifest(text))
  if (manifest === null) return null
  const count = countOf(manifest, closing, result)
  return {
    title: manifest.poll.title,
    manifestCode: shortCode(manifest.hash),
    team: manifest.trustees.map(({ name }) => name),
    subjects: subjectsOf(manifest, count),
    counted: count === null ? null : countedOf(count),
    judged: count === null || outcome === null ? null : judgedOf(outcome, packs),
  }
}

interface Count {
  readonly closing: Closing
  readonly result: Result
}

function countOf(manifest: Manifest, closingText: string | null, resultText: string | null): Count | null {
  if (closingText === null || resultText === null) return null
  return attempt(() => {
    const closing = parseClosing(manifest, closingText)
    return { closing, result: parseResult(manifest, closing.hash, resultText) }
  })
}

const sum = (list: readonly number[]): number => list.reduce((all, n) => all + n, 0)

const countedOf = ({ closing }: Count): Counted => ({
  code: shortCode(closing.hash),
  issued: sum(closing.handedOut),
  collected: closing.ballots.count,
})

function subjectsOf(manifest: Manifest, count: Count | null): readonly Subject[] {
  const subjects = new Map<string, Subject>()
  paperOf(manifest).contests.forEach(({ subject, criterion }, at) => {
    const { title, options, max } = manifest.contests[at]!
    const counts = count === null ? [] : options.map((_, i) => sum(count.result.unions.map(one => one.counts[at]![i]!)))
    const line = { at, criterion, title, options, max, counts, ballots: count?.closing.ballots.count ?? 0 }
    const key = JSON.stringify([subject.name, subject.position])
    const found = subjects.get(key) ?? { index: subjects.size, ...subject, lines: [] }
    subjects.set(key, { ...found, lines: [...found.lines, line] })
  })
  return [...subjects.values()]
}

/** As people are called here: by name and position where both are known. */
export const calledOf = ({ name, position }: Pick<Subject, 'name' | 'position'>): string =>
  [name, position].filter(text => text !== '').join(' – ')

/** `Tín nhiệm cao 19 · Tín nhiệm 2 · Tín nhiệm thấp 25`. */
export const countsIn = ({ options, counts }: Pick<BallotLine, 'options' | 'counts'>): string =>
  options.map(({ label }, i) => `${label} ${counts[i] ?? 0}`).join(' · ')
