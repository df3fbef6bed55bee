/**
 * The outcome text: the last line of a record (protocol, section 4). It carries what people stated besides the counts,
 * so that anybody recomputes it from the result alone under the pinned packs; check 13 compares the two letter by letter.
 *
 * Shape: `{"format","statement","packs","differ"}`, fields in a fixed order, no white space.
 */
import { toHex } from '../../crypto/bytes.ts'
import type { Closing } from '../../crypto/closing.ts'
import { attempt, refuse } from '../../crypto/fault.ts'
import {
  atLeast,
  exactly,
  integer,
  listOf,
  nullOr,
  oneOf,
  parseJson,
  type Shape,
  text,
  writeJson,
} from '../../crypto/json.ts'
import { id, type Manifest } from '../../crypto/manifest.ts'
import type { Result } from '../../crypto/tally.ts'
import type { Rules } from '../../crypto/verify/run.ts'
import { wordsOf } from './contests.ts'
import { evaluate } from './evaluate.ts'
import type { Finding, Outcome } from './finding.ts'
import type { Pack } from './pack.ts'
import { packHex, readPack } from './read.ts'
import type { HistoryEntry, Round, Statement, Subject } from './round.ts'
import { day, flag, hex, packId } from './shape.ts'

const FORMAT = 'phieukin/outcome/v1'

/** A poll that is counted. */
interface Counted {
  readonly manifest: Manifest
  readonly closing: Closing
  readonly result: Result
}

// ── what people stated ──────────────────────────────────────────────────────────────────────────────────────────

const MAX_PEOPLE = 1_000_000
const MAX_SUBJECTS = 255
const MAX_YEARS = 60
const people = integer(0, MAX_PEOPLE)
const some = integer(1, MAX_PEOPLE)

const classification = exactly({ year: integer(1945, 9999), quality: id })
const earlierRound = exactly({ year: integer(1945, 9999), low: people, of: some })

/** One year's. Refuses: `out-of-range` where more marks than ballots are stated. */
const historyEntry: Shape<HistoryEntry> = (value, where) => {
  if (value instanceof Map && value.has('quality')) return classification(value, where)
  const found = earlierRound(value, where)
  return found.low <= found.of ? found : refuse('out-of-range', `${where}.low`, `≤ ${found.of}`, found.low)
}

/** A year says one thing of each kind. Refuses: `duplicate`. */
export const readHistory: Shape<readonly HistoryEntry[]> = (value, where) => {
  const found = listOf(historyEntry, 0, MAX_YEARS)(value, where)
  found.forEach((entry, i) => {
    const same = (other: HistoryEntry) => other.year === entry.year && 'quality' in other === 'quality' in entry
    if (found.findIndex(same) < i) refuse('duplicate', `${where}[${i}].year`, undefined, entry.year)
  })
  return found
}

/** How many people the level was given; a level stands once. */
const classified: Shape<ReadonlyMap<string, number>> = (value, where) => {
  const found = listOf(exactly({ level: id, count: people }), 0, MAX_SUBJECTS)(value, where)
  const levels = new Map(found.map(({ level, count }) => [level, count]))
  return levels.size === found.length ? levels : refuse('duplicate', where)
}

const present: Shape<Statement['attendance']> = (value, where) => {
  const found = exactly({ convened: some, present: people })(value, where)
  return found.present <= found.convened
    ? found
    : refuse('out-of-range', `${where}.present`, `≤ ${found.convened}`, found.present)
}

/** As `plainStatement` writes it. Refuses numbers that cannot be, and years to come. */
export const readStatement: Shape<Statement> = (value, where) => {
  const found = exactly({
    date: day,
    attendance: present,
    members: nullOr(some),
    histories: listOf(readHistory, 0, MAX_SUBJECTS),
    classified: nullOr(classified),
  })(value, where)
  for (const [s, history] of found.histories.entries())
    for (const [i, { year }] of history.entries())
      if (year > Number(found.date.slice(0, 4)))
        refuse('out-of-range', `${where}.histories[${s}][${i}].year`, `≤ ${found.date.slice(0, 4)}`, year)
  return found
}

/** With plain lists and objects, fields in a fixed order (`StatementWire`). */
export const plainStatement = ({ date, attendance, members, histories, classified }: Statement) => ({
  date,
  attendance: { convened: attendance.convened, present: attendance.present },
  members,
  histories: histories.map(history =>
    history.map(entry =>
      'quality' in entry
        ? { year: entry.year, quality: entry.quality }
        : { year: entry.year, low: entry.low, of: entry.of },
    ),
  ),
  classified: classified && [...classified].map(([level, count]) => ({ level, count })),
})

// ── the round ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The counts over all unions, with what was stated. A card is a ballot handed out, a ballot on the board is collected. */
export function roundOf({ manifest, closing, result }: Counted, statement: Statement): Round {
  const words = wordsOf(manifest.text)
  const seen: string[] = []
  const subjects = manifest.contests.map(({ title, options }, c): Subject => {
    const { subject, criterion, ruled } = words[c]!
    const { name, position } = subject ?? { name: title, position: '' }
    const person = JSON.stringify([name, position])
    if (!seen.includes(person)) seen.push(person)
    const counts = options.map(({ id }, o) => [id, sum(result.unions.map(union => union.counts[c]![o]!))] as const)
    const history = statement.histories[seen.indexOf(person)] ?? []
    const beside = ruled ? {} : ({ beside: true } as const)
    return { name, position, criterion, counts: new Map(counts), history, ...beside }
  })
  const collected = closing.ballots.count
  return {
    date: statement.date,
    attendance: statement.attendance,
    members: statement.members,
    issued: sum(closing.handedOut),
    collected,
    valid: collected,
    late: 0,
    team: manifest.trustees.map(({ name }) => name),
    hidden: collected - sum(result.unions.map(({ ballots }) => ballots)),
    classified: statement.classified,
    subjects,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)

// ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `packTexts`: the pinned pack's first, then at least those that it names alongside; others are passed over.
 *
 * Refuses what `readPack` refuses, and `wrong-hash` where a text alongside is missing.
 */
export const writeOutcome = (poll: Counted, statement: Statement, packTexts: readonly string[]): string =>
  writeOutcomeOf(roundOf(poll, statement), statement, packTexts)

/** The same of a round that has no record (`paper-round.ts`). Shape: the round holds what the statement says. */
export function writeOutcomeOf(round: Round, statement: Statement, packTexts: readonly string[]): string {
  const [main, ...others] = packTexts
  if (main === undefined) throw new Error('no pack given')
  const beside = readPack(main).alongside.map(
    ({ pack, sha256 }) => others.find(one => packHex(one) === sha256) ?? refuse('wrong-hash', pack, sha256),
  )
  const { packs, differ } = evaluate(
    round,
    [main, ...beside].map(text => ({ text })),
  )
  return writeJson({ format: FORMAT, statement: plainStatement(statement), packs, differ })
}

const finding: Shape<Finding> = exactly({
  kind: oneOf('band', 'history', 'proposal', 'cap'),
  band: nullOr(text),
  option: nullOr(text),
  numerator: integer(0),
  denominator: integer(0),
  base: oneOf('collected', 'valid', 'convened', 'members', 'issued', 'years', 'cap'),
  operator: oneOf('>', '>=', '<='),
  threshold: nullOr(text),
  percent: text,
  label: text,
  consequence: nullOr(text),
  actor: nullOr(text),
  article: nullOr(text),
  silent: flag,
  unsourced: flag,
  tied: listOf(text, 0, MAX_SUBJECTS),
  allowed: listOf(exactly({ base: text, of: integer(0), allowed: integer(0) }), 0, MAX_SUBJECTS),
})

const outcome = exactly({
  format: oneOf(FORMAT),
  statement: readStatement,
  packs: listOf(
    exactly({
      pack: packId,
      version: integer(1),
      sha256: hex,
      title: text,
      citation: text,
      inForce: flag,
      sample: flag,
      blocked: nullOr(
        oneOf(
          'no-quorum',
          'more-collected-than-issued',
          'late-ballots',
          'subject-on-team',
          'no-ballots',
          'hidden-counts',
          'needs-attendance',
          'needs-members',
        ),
      ),
      subjects: listOf(
        exactly({ name: text, position: text, criterion: nullOr(text), findings: listOf(finding, 0, 255) }),
        0,
        MAX_SUBJECTS,
      ),
      findings: listOf(finding, 0, 255),
    }),
    1,
    255,
  ),
  differ: listOf(integer(0), 0, MAX_SUBJECTS),
})

/** Refuses whatever `writeOutcome` cannot have written by its shape; whether it is true only a recomputation tells. */
export function readOutcome(outcomeText: string): { readonly statement: Statement; readonly outcome: Outcome } {
  const { statement, packs, differ } = outcome(parseJson(outcomeText, 'outcome', true), 'outcome')
  return { statement, outcome: { packs, differ } }
}

/**
 * Check 13 by these packs, found by hash. Null (not checked) where the pinned pack, or one alongside, is not among them
 * or of a kind that this program cannot read.
 *
 * False whatever is at hand: an outcome that names another pack than the pinned one. False too where a pack of the very
 * id and version is at hand with other bytes: frozen means that there is one text of that name.
 */
export function rulesWith(packTexts: readonly string[]): Rules {
  const known = packTexts.map(text => ({
    text,
    hex: packHex(text),
    pack: attempt(() => readPack(text)),
    // What was altered need not be a pack any more.
    called: attempt(() => atLeast({ id: packId, version: integer(1) })(parseJson(text, 'pack'), 'pack')),
  }))
  return ({ pack: id, sha256 }, poll, published) => {
    const read = attempt(() => readOutcome(published))
    const said = read?.outcome.packs ?? []
    if (said[0] && (said[0].pack !== id || said[0].sha256 !== toHex(sha256))) return otherThan(published)
    const versionOf = (hex: string) => said.find(one => one.sha256 === hex)?.version
    const find = ({ pack: name, sha256: hex }: Named) => ({
      pack: known.find(one => one.hex === hex)?.pack ?? null,
      altered: known.some(
        ({ hex: other, called }) => other !== hex && called?.id === name && called.version === versionOf(hex),
      ),
    })
    const main = find({ pack: id, sha256: toHex(sha256) })
    const beside = (main.pack?.alongside ?? []).map(find)
    if ([main, ...beside].some(({ pack, altered }) => pack === null && altered)) return otherThan(published)
    if (main.pack === null || beside.some(({ pack }) => pack === null)) return null
    if (read === null || main.pack.id !== id || !isAskedBy(main.pack, poll.manifest)) return otherThan(published)
    const pinned = known.find(({ hex }) => hex === toHex(sha256))!.text
    return writeOutcome(poll, read.statement, [pinned, ...packTexts])
  }
}

/**
 * The ballot is the pack's: whatever the rules are to speak of offers its very options, the question about a subject as a
 * whole is such a line, and there is one at least about each subject. Otherwise thresholds would look at nothing. Of a
 * manifest that does not say what its rules speak of, the ids must be the pack's.
 */
function isAskedBy({ options }: Pack, { text, contests }: Manifest): boolean {
  const words = wordsOf(text)
  const said = (list: Pack['options']) => JSON.stringify(list.map(({ id, label }) => [id, label]))
  const offers = ({ options: own }: Manifest['contests'][number], c: number) =>
    words[c]!.says ? said(own) === said(options) : own.every(({ id }) => options.some(one => one.id === id))
  const about = ({ subject }: (typeof words)[number]) => JSON.stringify([subject?.name, subject?.position])
  const subjects = new Set(words.filter(({ ruled }) => ruled).map(about))
  return (
    contests.every((contest, c) => !words[c]!.ruled || offers(contest, c)) &&
    words.every(one => subjects.has(about(one)) && (one.kind !== 'main' || one.ruled))
  )
}

/** A pack as another text names it; the hash in hex. */
type Named = { readonly pack: string; readonly sha256: string }

/** No honest writer wrote this text: what stands there is anything but it. */
const otherThan = (published: string): string => `not an outcome of the pinned pack: ${published}`
