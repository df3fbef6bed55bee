/**
 * From counts to findings: a pure function of a round and of packs, in exact integers. A finding says what was reached
 * and who is asked to consider what; it never decides.
 */
import { baseOf, blockedBy } from './blocked.ts'
import { capFindings } from './cap.ts'
import type { Blocked, Finding, Outcome, PackOutcome, SubjectOutcome } from './finding.ts'
import { holds, leastReaching, percentText } from './fraction.ts'
import { historyFindings } from './history.ts'
import type { Band, Pack } from './pack.ts'
import { packHex, readPack } from './read.ts'
import type { Round, Subject } from './round.ts'

/**
 * What each pack says, in the order given, and about whom they differ.
 *
 * Refuses what `readPack` refuses. Of a round within limits (counts below 2³¹) it never throws.
 */
export function evaluate(round: Round, packs: readonly { readonly text: string }[]): Outcome {
  const read = packs.map(({ text }) => ({ pack: readPack(text), sha256: packHex(text) }))
  const all = read.map(({ pack }) => pack)
  const said = read.map(({ pack, sha256 }) => ({ pack, outcome: packOutcome(round, pack, sha256, all) }))
  const differ = [...round.subjects.keys()].filter(s => differs(said, s))
  return { packs: said.map(({ outcome }) => outcome), differ }
}

function packOutcome(round: Round, pack: Pack, sha256: string, all: readonly Pack[]): PackOutcome {
  const { effective, citation, sample } = pack
  const blocked = blockedBy(round, pack, all)
  const subjects = round.subjects.map(subject => subjectOutcome(round, pack, subject, blocked))
  return {
    pack: pack.id,
    version: pack.version,
    sha256,
    title: pack.title,
    citation: citation.text,
    inForce: isInForce(effective, round.date),
    sample,
    blocked,
    subjects,
    findings: capFindings(round, pack, subjects, blocked),
  }
}

export const isInForce = ({ from, to }: Pack['effective'], date: string): boolean =>
  from <= date && (to === null || date <= to)

function subjectOutcome(round: Round, pack: Pack, subject: Subject, blocked: Blocked | null): SubjectOutcome {
  const { name, position, criterion } = subject
  if (subject.beside) return { name, position, criterion, findings: [] }
  const options = [...new Set(pack.bands.map(({ option }) => option))]
  const findings = [
    ...options.map(option => bandFinding(round, pack, subject, option, blocked)),
    ...historyFindings(round, pack, subject, blocked),
    ...(pack.proposal === null ? [] : [proposalFinding(round, pack, subject, pack.proposal, blocked)]),
  ]
  return { name, position, criterion, findings }
}

/** The part of every finding that is about marks and their base. */
function shareOf(round: Round, { denominator: { of } }: Pack, subject: Subject, option: string) {
  const numerator = subject.counts.get(option) ?? 0
  const denominator = baseOf(round, of) ?? 0
  return { numerator, denominator, base: of, percent: percentText(numerator, denominator) }
}

function bandFinding(round: Round, pack: Pack, subject: Subject, option: string, blocked: Blocked | null): Finding {
  const { numerator, denominator, base, percent } = shareOf(round, pack, subject, option)
  const bands = pack.bands.filter(band => band.option === option)
  // Ranges ascend and join: the last one whose beginning is reached holds the share.
  const begun = blocked === null ? bands.filter(band => reaches(numerator, denominator, band)).length : 0
  const within = bands[begun - 1]
  const silent = within !== undefined && within.consequence === null
  const reached = silent ? null : (within ?? null)
  // Below all ranges, or where the text is silent, the nearest threshold is the next one's.
  const nearest = reached ?? bands[begun] ?? within!
  return {
    kind: 'band',
    band: reached?.id ?? null,
    option,
    numerator,
    denominator,
    base,
    operator: nearest.from.operator,
    threshold: nearest.from.fraction,
    percent,
    label: (within ?? nearest).label,
    consequence: reached?.consequence ?? null,
    actor: reached?.actor ?? null,
    article: nearest.basis.article,
    silent,
    unsourced: 'unsourced' in nearest.basis,
    tied: [],
    allowed: [],
  }
}

const reaches = (numerator: number, denominator: number, { from }: Band): boolean =>
  holds(numerator, denominator, from.operator, from.fraction)

/** The option with most marks; none where several have as many, or where nobody marked anything. */
function proposalFinding(
  round: Round,
  pack: Pack,
  subject: Subject,
  { consequence, actor, basis }: NonNullable<Pack['proposal']>,
  blocked: Blocked | null,
): Finding {
  const marksOf = (id: string) => subject.counts.get(id) ?? 0
  const most = Math.max(...pack.options.map(({ id }) => marksOf(id)))
  const tied = pack.options.filter(({ id }) => marksOf(id) === most)
  const first = tied.length === 1 ? tied[0]!.id : null
  const chosen = most > 0 && blocked === null ? first : null
  const { numerator, denominator, base, percent } = shareOf(round, pack, subject, tied[0]!.id)
  return {
    kind: 'proposal',
    band: chosen,
    option: first,
    numerator,
    denominator,
    base,
    operator: '>=',
    threshold: null,
    percent,
    label: tied.map(({ label }) => label).join(', '),
    consequence: chosen === null ? null : consequence,
    actor: chosen === null ? null : actor,
    article: basis.article,
    silent: false,
    unsourced: 'unsourced' in basis,
    tied: tied.map(({ id }) => id),
    allowed: [],
  }
}

/**
 * Packs differ about a subject where one text's threshold is reached at some fraction and another's at the same
 * fraction is not: `≥ 2/3` and `> 2/3` at exactly two thirds, or shares of different bases.
 */
function differs(said: readonly { readonly pack: Pack; readonly outcome: PackOutcome }[], s: number): boolean {
  const verdicts = new Map<string, boolean>()
  for (const { pack, outcome } of said) {
    if (outcome.blocked !== null) continue
    for (const finding of outcome.subjects[s]!.findings) {
      if (finding.kind !== 'band') continue
      for (const band of pack.bands) {
        if (band.option !== finding.option || band.consequence === null) continue
        const place = `${band.option} ${band.from.fraction}`
        const reached = reaches(finding.numerator, finding.denominator, band)
        if ((verdicts.get(place) ?? reached) !== reached) return true
        verdicts.set(place, reached)
      }
    }
  }
  return false
}

/** Ranges with a consequence that no whole number of `N` can lie in: the counts jump over them (`> 1/2`, `< 2/3` of 4). */
export const emptyBands = ({ bands }: Pack, N: number): readonly Band[] =>
  bands.filter(({ from, to, consequence }) => {
    const least = leastReaching(N, from.operator, from.fraction)
    return consequence !== null && !(least <= N && (to === null || holds(least, N, to.operator, to.fraction)))
  })
