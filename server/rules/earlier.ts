/**
 * A line against the same line of another round: what went up or down, and weaknesses that come back. Exact. Whom two
 * lines are about is for the caller to compare.
 */
import { compareRatios, type Ratio, ratioOf } from './ratio.ts'
import { type Line, pointsOf } from './scores.ts'
import { plainSpelling } from './spelling.ts'

/** A scale is marked once, and its last option is the lowest. */
const isScale = ({ kind, max }: Line): boolean => (kind === 'graded' || kind === 'main') && max === 1

/** True if both ask the same in as many options. */
export const asksTheSame = (a: Line, b: Line): boolean =>
  isScale(a) === isScale(b) &&
  a.max === b.max &&
  a.options.length === b.options.length &&
  plainSpelling(a.criterion ?? '') === plainSpelling(b.criterion ?? '')

interface Compared {
  readonly now: Ratio
  readonly before: Ratio
  /** 1: more now than before. */
  readonly order: -1 | 0 | 1
}

export interface Change {
  /** The share of ballots that mark the last option. */
  readonly lowest: Compared
  /** Null where either round has none, or scored its grades otherwise. */
  readonly mean: Compared | null
}

/** A scale against the same one of an earlier round; null where they cannot be compared. */
export function changeOf(now: Line, before: Line): Change | null {
  if (!isScale(now) || !asksTheSame(now, before)) return null
  const [lowNow, lowBefore] = [now, before].map(
    ({ score, options }) => score && ratioOf(score.counts[options.length - 1]!, score.ballots),
  )
  if (!lowNow || !lowBefore) return null
  const [meanNow, meanBefore] = [now.score!.mean, before.score!.mean]
  const scored = meanNow !== null && meanBefore !== null && `${pointsOf(now)}` === `${pointsOf(before)}`
  return { lowest: compared(lowNow, lowBefore), mean: scored ? compared(meanNow, meanBefore) : null }
}

const compared = (now: Ratio, before: Ratio): Compared => ({ now, before, order: compareRatios(now, before) })

/**
 * A criterion is weak where at least half of its marks lie in the lower half of its grades: of `n` grades the last ⌊n/2⌋.
 * A rule of this program, no regulation's: it shows where to look, and nothing follows from it.
 */
export function isWeak(line: Line): boolean {
  const { criterion, score, options } = line
  if (!isScale(line) || criterion === null || score === null) return false
  const low = score.counts.slice(Math.ceil(options.length / 2)).reduce((sum, marks) => sum + marks, 0)
  return score.marks > 0 && 2 * low >= score.marks
}

/** Which of these earlier lines, about the same subject, were weak too where `now` is: that weakness comes back. */
export const comesBack = (now: Line, earlier: readonly Line[]): readonly Line[] =>
  isWeak(now) ? earlier.filter(line => asksTheSame(now, line) && isWeak(line)) : []
