/**
 * What opened sums say, line by line of the ballot: how marks are distributed, the mean of a graded criterion, the same
 * for every union of groups that was opened, and as a second figure what weights make of the unions. Exact; pages and
 * papers round for reading.
 *
 *     Line     one contest: what it asks, and its scores          linesOf · paperLinesOf
 *     Union    groups that were opened together                   unionsOf
 *     Total    the criteria of one subject, their means added up   totalsOf
 *
 * Against earlier rounds: `earlier.ts`.
 *
 * A mean is of those who marked the line; where nobody did there is none. Shares are of ballots.
 */
import { type BallotSubject, type PaperContest, weightsOf, wordsOf } from './contests.ts'
import { type Ratio, ratioOf, sumOf, times } from './ratio.ts'

interface Grade {
  readonly id: string
  readonly label: string
  /** What it stands for; empty where nothing was said. */
  readonly standard: string
  /** In hundredths of a point; null where nothing is scored. */
  readonly points: number | null
}

/** Marks on one line, of all ballots that were opened or of one union's. */
export interface Score {
  readonly ballots: number
  /** By option. */
  readonly counts: readonly number[]
  readonly marks: number
  /** Ballots on which the line is empty; null where several marks are allowed and nobody can tell. */
  readonly unmarked: number | null
  /** In points; null where nothing is scored or nobody marked. */
  readonly mean: Ratio | null
}

/** Σ w·x ÷ Σ w over the unions, w being the weights of a union's groups added up. Beside the counts, never in their place. */
interface Weighted {
  /** By option: of the shares of ballots. */
  readonly shares: readonly Ratio[]
  /** Of the means; null where nothing is scored. */
  readonly mean: Ratio | null
}

export interface Line {
  /** Its place in the ballot and in the outcome. */
  readonly at: number
  /** Null: about nobody (a survey). */
  readonly subject: BallotSubject | null
  /** What is asked; null: the subject as a whole. */
  readonly criterion: string | null
  readonly kind: PaperContest['kind']
  /** The rule pack speaks of it. */
  readonly ruled: boolean
  readonly options: readonly Grade[]
  /** How many options a voter may mark. */
  readonly max: number
  /** Over everything that was opened; null before the count and where all stays sealed. */
  readonly score: Score | null
  /** By union, in the order of `unionsOf`; none where all ballots were opened together: `score` says it all. */
  readonly unions: readonly Score[]
  /** Null without weights, with one union, and where a union did not mark the line. */
  readonly weighted: Weighted | null
}

export interface Union {
  /** Labels of its groups, in the manifest's order. More than one: too small to be opened apart. */
  readonly groups: readonly string[]
  readonly ballots: number
  /** Of its groups together; null where the manifest gives none. */
  readonly weight: number | null
}

/** As parsed, strictly or not. */
interface Asked {
  readonly text: string
  readonly contests: readonly {
    readonly title: string
    readonly options: readonly { readonly id: string; readonly label: string }[]
    readonly max: number
  }[]
}
interface Grouped {
  readonly text: string
  readonly groups: readonly { readonly id: string; readonly label: string }[]
}
interface Opened {
  readonly unions: readonly {
    readonly groups: readonly string[]
    readonly ballots: number
    readonly counts: readonly (readonly number[])[]
  }[]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)

/** Every union that was opened; none where all stays sealed. */
export function unionsOf({ text, groups }: Grouped, { unions }: Opened): readonly Union[] {
  const weights = weightsOf(text)
  return unions.map(({ groups: ids, ballots }) => {
    const members = ids.map(id => groups.findIndex(group => group.id === id))
    const found = members.flatMap(g => weights[g] ?? [])
    return {
      groups: members.map((g, i) => groups[g]?.label ?? ids[i]!),
      ballots,
      weight: found.length < ids.length ? null : sum(found),
    }
  })
}

/** Of a round by phones, in the ballot's order; `result` null before the count. */
export function linesOf(manifest: Asked & Grouped, result: Opened | null): readonly Line[] {
  const words = wordsOf(manifest.text)
  const unions = result === null ? [] : unionsOf(manifest, result)
  return manifest.contests.map(({ title, options, max }, at) => {
    const { subject, criterion, kind, ruled, grades } = words[at]!
    const asked = {
      // Of another maker's contest the title names whom it is about.
      subject: subject ?? (kind === 'main' ? { name: '', position: title } : null),
      criterion: criterion ?? (kind === 'main' ? null : title),
      ...{ at, kind, ruled, max },
      options: options.map(({ id, label }, o) => ({ id, label, ...grades[o]! })),
    }
    const scores = unions.map(({ ballots }, u) => scoreOf(asked, ballots, result!.unions[u]!.counts[at]!))
    return {
      ...asked,
      score: scores.length === 0 ? null : togetherOf(asked, scores),
      unions: scores.length > 1 ? scores : [],
      weighted: weightedOf(
        unions.map(({ weight }) => weight),
        scores,
      ),
    }
  })
}

/** What two members counted of a round on paper; of valid sheets. */
interface Sheets {
  readonly collected: number
  readonly invalid: readonly { readonly count: number }[]
  /** `empty`: sheets on which the line is empty or spoilt. */
  readonly lines: readonly { readonly counts: readonly number[]; readonly empty: number }[]
}

/** Of a round on paper: everybody together. */
export function paperLinesOf(contests: readonly PaperContest[], sheets: Sheets | null): readonly Line[] {
  return contests.map(({ title, subject, criterion, kind, ruled, max, options }, at) => {
    const asked = {
      ...{ at, subject, kind, ruled, max },
      criterion: criterion ?? (kind === 'main' ? null : title),
      options: options.map(({ id, label, standard = '', points = null }) => ({ id, label, standard, points })),
    }
    const whole = { ...asked, unions: [], weighted: null }
    if (sheets === null) return { ...whole, score: null }
    const { counts, empty } = sheets.lines[at]!
    const valid = sheets.collected - sum(sheets.invalid.map(({ count }) => count))
    return { ...whole, score: { ...scoreOf(asked, valid, counts), unmarked: empty } }
  })
}

// ── scores ──────────────────────────────────────────────────────────────────────────────────────────────────────

type Scale = Pick<Line, 'options' | 'max' | 'kind'>

function scoreOf(asked: Scale, ballots: number, counts: readonly number[]): Score {
  const marks = sum(counts)
  return { ballots, counts, marks, unmarked: asked.max > 1 ? null : ballots - marks, mean: meanOf(asked, counts) }
}

const togetherOf = (asked: Scale, scores: readonly Score[]): Score =>
  scoreOf(
    asked,
    sum(scores.map(({ ballots }) => ballots)),
    asked.options.map((_, o) => sum(scores.map(({ counts }) => counts[o]!))),
  )

/** In hundredths, by option; null where the line is no graded criterion, or a grade of it has no points. */
export function pointsOf({ kind, options }: Scale): readonly number[] | null {
  const points = options.flatMap(one => one.points ?? [])
  return kind === 'graded' && points.length === options.length ? points : null
}

/** Σ points·marks ÷ Σ marks, in points. */
function meanOf(asked: Scale, counts: readonly number[]): Ratio | null {
  const points = pointsOf(asked)
  if (points === null) return null
  return ratioOf(sum(counts.map((marks, o) => marks * points[o]!)), 100 * sum(counts))
}

function weightedOf(weights: readonly (number | null)[], scores: readonly Score[]): Weighted | null {
  const known = weights.flatMap(weight => weight ?? [])
  const all = sum(known)
  if (scores.length < 2 || known.length < scores.length || all === 0) return null
  if (scores.some(({ marks }) => marks === 0)) return null
  const over = (figures: readonly Ratio[]): Ratio => {
    const { num, den } = sumOf(figures.map((figure, u) => times(figure, known[u]!)))
    return ratioOf(num, den * BigInt(all))!
  }
  const means = scores.flatMap(({ mean }) => mean ?? [])
  return {
    // A union with marks has ballots.
    shares: scores[0]!.counts.map((_, o) => over(scores.map(({ counts, ballots }) => ratioOf(counts[o]!, ballots)!))),
    mean: means.length < scores.length ? null : over(means),
  }
}

// ── totals ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The means of a subject's scored criteria added up. Not a mean of anything: each criterion has its own voters. */
export interface Total {
  readonly subject: BallotSubject
  /** Places of its criteria in the ballot. */
  readonly at: readonly number[]
  /** In points. */
  readonly sum: Ratio
  /** What it would be if everybody marked the best grade. */
  readonly most: Ratio
  /** By union, as in `Line.unions`; null where a union left a criterion unmarked. */
  readonly unions: readonly (Ratio | null)[]
  /** Null where a criterion has no weighted mean. */
  readonly weighted: Ratio | null
}

/** One for each subject with at least two scored criteria, all of which somebody marked. */
export function totalsOf(lines: readonly Line[]): readonly Total[] {
  const scored = lines.filter(line => line.subject !== null && pointsOf(line) !== null)
  const subjects = new Map<string, readonly Line[]>()
  for (const line of scored) {
    const key = JSON.stringify([line.subject!.name, line.subject!.position])
    subjects.set(key, [...(subjects.get(key) ?? []), line])
  }
  return [...subjects.values()].flatMap((own): readonly Total[] => {
    const total = sumOfAll(own.map(({ score }) => score?.mean ?? null))
    if (own.length < 2 || total === null) return []
    return [
      {
        subject: own[0]!.subject!,
        at: own.map(({ at }) => at),
        sum: total,
        most: sumOf(own.map(line => ratioOf(Math.max(...pointsOf(line)!), 100)!)),
        unions: own[0]!.unions.map((_, u) => sumOfAll(own.map(({ unions }) => unions[u]!.mean))),
        weighted: sumOfAll(own.map(({ weighted }) => weighted?.mean ?? null)),
      },
    ]
  })
}

const sumOfAll = (figures: readonly (Ratio | null)[]): Ratio | null =>
  figures.includes(null) ? null : sumOf(figures.flatMap(figure => figure ?? []))
