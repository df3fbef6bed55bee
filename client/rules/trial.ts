/**
 * What a pack says of numbers that somebody types: the smallest count that reaches each band, which band a count
 * reaches, with the products that were compared, and where two packs differ. The engine itself is asked; nothing is
 * reckoned twice.
 */
import { attempt } from '../../crypto/fault.ts'
import { emptyBands, evaluate } from '../../server/rules/evaluate.ts'
import type { Blocked, Finding } from '../../server/rules/finding.ts'
import { holds, leastReaching, parseFraction } from '../../server/rules/fraction.ts'
import type { Band, Fraction, Pack } from '../../server/rules/pack.ts'
import { readPack } from '../../server/rules/read.ts'
import { at, listAt, put, type Tree, textAt, writeTree } from './tree.ts'
import { sorted } from './writing.ts'

const MOST_NUMBERS = 40
const LARGEST = 100_000

/** Whole numbers in what was typed, each once, in the order typed: `3, 5; 47`. */
export const numbersIn = (typed: string): readonly number[] =>
  [...new Set((typed.match(/\d+/g) ?? []).map(Number))].filter(n => n >= 1 && n <= LARGEST).slice(0, MOST_NUMBERS)

// ── the boundary table ──────────────────────────────────────────────────────────────────────────────────────────

/** Whole numbers of `N` that lie in a band, both ends in it. */
interface Range {
  readonly band: Band
  readonly least: number
  readonly most: number
}

export interface Boundary {
  readonly N: number
  /** Fewest people present; null where the pack names no quorum. */
  readonly quorum: number | null
  /** One for each band, in the pack's order; null: no whole number lies in it. */
  readonly ranges: readonly (Range | null)[]
}

export const boundariesOf = (pack: Pack, numbers: readonly number[]): readonly Boundary[] =>
  numbers.map(N => {
    const empty = emptyBands(pack, N)
    return {
      N,
      quorum: pack.quorum === null ? null : leastReaching(N, '>=', pack.quorum.fraction),
      ranges: pack.bands.map(band => (empty.includes(band) ? null : rangeOf(band, N))),
    }
  })

function rangeOf(band: Band, N: number): Range | null {
  const least = leastReaching(N, band.from.operator, band.from.fraction)
  const most = band.to === null ? N : leastReaching(N, band.to.operator === '<' ? '>=' : '>', band.to.fraction) - 1
  return least <= most ? { band, least, most } : null
}

// ── one line of counts ──────────────────────────────────────────────────────────────────────────────────────────

/** Counts as typed: of how many, and the marks of each option, by id. */
export interface Counts {
  readonly of: number
  readonly marks: Readonly<Record<string, number>>
}

/** `num/den operator n/d` as integers: `num·d` and `n·den`. */
export interface Comparison {
  readonly option: string
  readonly operator: '>' | '>='
  readonly fraction: Fraction
  readonly num: number
  readonly den: number
  readonly n: number
  readonly d: number
  readonly holds: boolean
}

export interface Tried {
  /** More marks than ballots: no such round exists. */
  readonly impossible: boolean
  readonly blocked: Blocked | null
  readonly findings: readonly Finding[]
  readonly comparisons: readonly Comparison[]
}

/** As if `of` people had been convened, had come, and had each handed in one ballot. */
export function tryCounts(text: string, pack: Pack, { of, marks }: Counts): Tried {
  const counts = new Map(pack.options.map(({ id }) => [id, new Map(Object.entries(marks)).get(id) ?? 0]))
  const sum = [...counts.values()].reduce((all, n) => all + n, 0)
  if (of < 1 || sum > of) return { impossible: true, blocked: null, findings: [], comparisons: [] }
  const subject = { name: '', position: '', criterion: null, counts, history: [] }
  const round = {
    date: pack.effective.from,
    attendance: { convened: of, present: of },
    members: of,
    issued: of,
    collected: of,
    valid: of,
    late: 0,
    team: [],
    hidden: 0,
    classified: null,
    subjects: [subject],
  }
  const said = evaluate(round, [{ text }]).packs[0]!
  return {
    impossible: false,
    blocked: said.blocked,
    findings: said.subjects[0]!.findings,
    comparisons: pack.bands.map(({ option, from: { operator, fraction } }) => {
      const num = counts.get(option) ?? 0
      return {
        option,
        operator,
        fraction,
        num,
        den: of,
        ...parseFraction(fraction),
        holds: holds(num, of, operator, fraction),
      }
    }),
  }
}

// ── a pack that is not finished ─────────────────────────────────────────────────────────────────────────────────

const UNSEEN = { article: null, unsourced: '–' }

/**
 * The text of a pack that has this draft's options, quorum, denominator and thresholds as far as they are written, and
 * nothing else: enough to try numbers on. Null where not even that much holds together.
 */
export function standIn(tree: Tree): string | null {
  const bands = listAt(tree, ['bands'])
    .filter(
      band =>
        textAt(band, ['from', 'operator']) !== '' && attempt(() => parseFraction(textAt(band, ['from', 'fraction']))),
    )
    .map((band, i) => ({
      ...(band as object),
      id: textAt(band, ['id']) || `nguong-${i}`,
      label: textAt(band, ['label']) || '–',
      consequence: at(band, ['consequence']) === null ? null : textAt(band, ['consequence']) || '–',
      actor: at(band, ['consequence']) === null ? null : textAt(band, ['actor']) || '–',
      basis: UNSEEN,
    }))
  const options = listAt(tree, ['options']).map(option => ({
    ...(option as object),
    label: textAt(option, ['label']) || '–',
  }))
  const quorum = { fraction: at(tree, ['quorum', 'fraction']), of: at(tree, ['quorum', 'of']), basis: UNSEEN }
  const whole = {
    format: 'phieukin/rules/v1',
    id: 'thu',
    version: 1,
    title: '–',
    citation: { text: '–', number: '–', date: '2000-01-01', basis: UNSEEN },
    effective: { from: '2000-01-01', to: null, basis: UNSEEN },
    role: 'ballot',
    template: 'free',
    scope: [],
    steps: [],
    options,
    lowest: textAt(tree, ['lowest']) || textAt(options[0] ?? null, ['id']),
    optionsBasis: UNSEEN,
    quorum: attempt(() => parseFraction(String(quorum.fraction))) && quorum.of !== null ? quorum : null,
    denominator: { of: textAt(tree, ['denominator', 'of']) || 'collected', basis: UNSEEN },
    bands: [],
    histories: [],
    proposal: at(tree, ['proposal']) === null ? null : { consequence: '–', actor: '–', basis: UNSEEN },
    cap: null,
    validity: [],
    exclusions: [],
    disclosure: { default: 'meeting', basis: UNSEEN },
    rounding: { decimals: 2, mode: 'half-up', basis: UNSEEN },
    alongside: [],
    sample: false,
  }
  const text = writeTree(sorted(put(whole as Tree, ['bands'], bands as Tree)))
  return attempt(() => readPack(text)) === null ? null : text
}

// ── two packs ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Where one pack puts a count into `left` and the other into `right`; null: no consequence. */
export interface Apart {
  readonly option: string
  readonly left: Band | null
  readonly right: Band | null
  readonly cases: readonly { readonly N: number; readonly least: number; readonly most: number }[]
}

/**
 * For every `N` up to `upTo` and every count, where the two packs disagree which of their bands with a consequence is
 * reached: the first, the second … or none. What the consequence is called does not matter here.
 */
export function apart(left: Pack, right: Pack, upTo = 200): readonly Apart[] {
  const found = new Map<string, Apart & { readonly cases: { N: number; least: number; most: number }[] }>()
  for (const option of new Set([...left.bands, ...right.bands].map(band => band.option)))
    for (let N = 1; N <= upTo; N++)
      for (let count = 0; count <= N; count++) {
        const [a, b] = [stageOf(left, option, count, N), stageOf(right, option, count, N)]
        if (a.stage === b.stage) continue
        const name = `${option} ${a.stage} ${b.stage}`
        const one = found.get(name) ?? { option, left: a.band, right: b.band, cases: [] }
        found.set(name, one)
        const last = one.cases[one.cases.length - 1]
        if (last?.N === N && last.most === count - 1) last.most = count
        else one.cases.push({ N, least: count, most: count })
      }
  return [...found.values()]
}

/** Counts from 1 among the option's bands that have a consequence; 0: none is reached. */
function stageOf({ bands }: Pack, option: string, count: number, N: number): { stage: number; band: Band | null } {
  const own = bands.filter(band => band.option === option)
  // Bands join: the last one whose beginning is reached.
  const reached = [...own].reverse().find(({ from }) => holds(count, N, from.operator, from.fraction))
  if (reached === undefined || reached.consequence === null) return { stage: 0, band: null }
  return { stage: own.filter(({ consequence }) => consequence !== null).indexOf(reached) + 1, band: reached }
}
