/**
 * What the page works out from a dossier's texts, of a round by phones or on paper: who was judged, what was counted,
 * what the rules say. Pure.
 */
import { shortCode } from '../../crypto/bytes.ts'
import { type Closing, parseClosing } from '../../crypto/closing.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { parseResult, type Result } from '../../crypto/tally.ts'
import type { BallotSubject } from '../../server/rules/contests.ts'
import { type Line, linesOf, paperLinesOf, type Union, unionsOf } from '../../server/rules/scores.ts'
import type { DossierView } from '../../server/wire/leader.ts'
import { type Judged, judgedOf } from '../judged.ts'
import { bySubject } from '../lines.ts'

export interface Subject extends BallotSubject {
  /** From 0, as the ballot first names them: entries and statements count so. */
  readonly index: number
  readonly lines: readonly Line[]
}

interface Counted {
  /** Of the closing; empty of a round on paper. */
  readonly code: string
  readonly issued: number
  readonly collected: number
  /** Sheets of paper that do not count; the box of a round by phones holds none. */
  readonly invalid: number
}

/** The same of phones and of paper. */
interface Round {
  readonly title: string
  /** Empty of a round on paper. */
  readonly manifestCode: string
  /** Of the counting team, its head first. */
  readonly team: readonly string[]
  /** In the ballot's order; without scores before the count. */
  readonly lines: readonly Line[]
  /** Groups that were opened together. */
  readonly unions: readonly Union[]
  /** A group with fewer ballots is never opened by itself. */
  readonly minimum: number
  /** Null before the count. */
  readonly counted: Counted | null
}

export interface Facts extends Round {
  readonly subjects: readonly Subject[]
  /** Of a survey: lines about nobody. */
  readonly questions: readonly Line[]
  readonly judged: Judged | null
}

type Texts = Pick<DossierView, 'poll' | 'manifest' | 'closing' | 'result' | 'outcome' | 'paper'>

/** Null where the texts are no manifest: a draft has none. */
export function factsOf(view: Texts, packs: readonly string[]): Facts | null {
  const round = view.paper === null ? byPhones(view) : onPaper(view.poll.title, view.paper)
  if (round === null) return null
  const about = bySubject(round.lines)
  return {
    ...round,
    subjects: about
      .flatMap(({ subject, lines }) => (subject === null ? [] : [{ ...subject, lines }]))
      .map((subject, index) => ({ ...subject, index })),
    questions: about.flatMap(({ subject, lines }) => (subject === null ? lines : [])),
    judged: round.counted === null || view.outcome === null ? null : judgedOf(view.outcome, packs),
  }
}

function byPhones({ manifest: text, closing, result }: Texts): Round | null {
  const manifest = attempt(() => parseManifest(text))
  if (manifest === null) return null
  const count = countOf(manifest, closing, result)
  return {
    title: manifest.poll.title,
    manifestCode: shortCode(manifest.hash),
    team: manifest.trustees.map(({ name }) => name),
    lines: linesOf(manifest, count?.result ?? null),
    unions: count === null ? [] : unionsOf(manifest, count.result),
    minimum: manifest.publication.minimumBallots,
    counted: count && {
      code: shortCode(count.closing.hash),
      issued: sum(count.closing.handedOut),
      collected: count.closing.ballots.count,
      invalid: 0,
    },
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

/** Everybody together: a box of paper does not know groups. */
const onPaper = (title: string, { contests, team, count }: NonNullable<Texts['paper']>): Round => ({
  title,
  manifestCode: '',
  team,
  lines: paperLinesOf(contests, count),
  unions: [],
  minimum: 0,
  counted: count && {
    code: '',
    issued: count.issued,
    collected: count.collected,
    invalid: sum(count.invalid.map(one => one.count)),
  },
})

/** `Tín nhiệm cao 19 · Tín nhiệm 2 · Tín nhiệm thấp 25`; nothing before the count. */
export const countsIn = ({ options, score }: Pick<Line, 'options' | 'score'>): string =>
  score === null ? '' : options.map(({ label }, o) => `${label} ${score.counts[o]!}`).join(' · ')
