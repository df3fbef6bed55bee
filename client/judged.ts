/**
 * An outcome as pages show it: the text of the record's last line, with the packs that it names. Pure; what it draws is
 * in `bar.tsx`, what it says in `findings.tsx`.
 */
import { attempt } from '../crypto/fault.ts'
import type { Finding, Outcome } from '../server/rules/finding.ts'
import { readOutcome } from '../server/rules/outcome.ts'
import type { Base, Fraction, Pack } from '../server/rules/pack.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Statement } from '../server/rules/round.ts'

export interface Judged {
  readonly statement: Statement
  readonly outcome: Outcome
  /** By hash; packs whose text is not at hand are missing. */
  readonly packs: ReadonlyMap<string, Pack>
}

/** Null where the text is no outcome. `texts`: any packs there are; only those that the outcome names are kept. */
export function judgedOf(text: string, texts: readonly string[]): Judged | null {
  const read = attempt(() => readOutcome(text))
  if (read === null) return null
  const named = new Set(read.outcome.packs.map(({ sha256 }) => sha256))
  const packs = texts.flatMap((one): readonly (readonly [string, Pack])[] => {
    const hash = packHex(one)
    const pack = named.has(hash) ? attempt(() => readPack(one)) : null
    return pack === null ? [] : [[hash, pack]]
  })
  return { ...read, packs: new Map(packs) }
}

/** A threshold to draw: where, and which texts name it. */
export interface Threshold {
  readonly option: string
  readonly fraction: Fraction
  readonly named: readonly {
    readonly number: string
    readonly operator: Finding['operator']
    readonly article: string | null
    readonly unsourced: boolean
  }[]
}

/** One bar: of what it is the whole, and the thresholds at which texts with that base look. */
export interface Chart {
  readonly bases: readonly Base[]
  readonly of: number
  readonly lines: readonly Threshold[]
}

/** The bars of one line of the ballot: one for each denominator, the main pack's first. */
export function chartsOf(judged: Judged | null, at: number, ballots: number): readonly Chart[] {
  const charts = (judged?.outcome.packs ?? []).reduce<readonly Chart[]>((before, said) => {
    const band = said.subjects[at]?.findings.find(({ kind }) => kind === 'band')
    const pack = judged!.packs.get(said.sha256)
    if (said.blocked !== null || !band || band.base === 'years' || band.base === 'cap' || !pack) return before
    return withLines(before, band.base, band.denominator, linesOf(pack))
  }, [])
  return charts.length === 0 ? [{ bases: ['collected'], of: ballots, lines: [] }] : charts
}

/** Where something begins to follow. */
const linesOf = (pack: Pack): readonly Threshold[] =>
  pack.bands
    .filter(({ consequence }) => consequence !== null)
    .map(({ option, from, basis }) => ({
      option,
      fraction: from.fraction,
      named: [
        {
          number: pack.citation.number,
          operator: from.operator,
          article: basis.article,
          unsourced: 'unsourced' in basis,
        },
      ],
    }))

function withLines(charts: readonly Chart[], base: Base, of: number, lines: readonly Threshold[]): readonly Chart[] {
  const same = charts.find(chart => chart.of === of)
  if (!same) return [...charts, { bases: [base], of, lines }]
  const joined = {
    of,
    bases: same.bases.includes(base) ? same.bases : [...same.bases, base],
    lines: lines.reduce(withLine, same.lines),
  }
  return charts.map(chart => (chart === same ? joined : chart))
}

function withLine(lines: readonly Threshold[], line: Threshold): readonly Threshold[] {
  const same = lines.find(({ option, fraction }) => option === line.option && fraction === line.fraction)
  if (!same) return [...lines, line]
  return lines.map(one => (one === same ? { ...same, named: [...same.named, ...line.named] } : one))
}

/** Packs say different things of this line of the ballot. */
export const differs = ({ outcome }: Judged, at: number): boolean => outcome.differ.includes(at)

/** Something that is shown was seen in no source. */
export const hasUnsourced = ({ outcome, packs }: Judged): boolean =>
  outcome.packs.some(
    ({ sha256, subjects, findings }) =>
      (packs.get(sha256)?.bands ?? []).some(({ basis, consequence }) => consequence !== null && 'unsourced' in basis) ||
      [...subjects.flatMap(subject => subject.findings), ...findings].some(({ unsourced }) => unsourced),
  )

/** Every pack says that nothing follows from this round. */
export const isBlocked = ({ outcome }: Judged): boolean => outcome.packs.every(({ blocked }) => blocked !== null)
