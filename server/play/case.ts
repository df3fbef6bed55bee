/**
 * A case: a poll as counted bundles of choices, real published figures or made-up ones. From outside, so read strictly:
 * unknown fields are refused, and so is every number that no real poll could have.
 */
import { utf8 } from '../../crypto/bytes.ts'
import { refuse } from '../../crypto/fault.ts'
import { exactly, exactlyOr, integer, type Json, listOf, parseJson, type Shape, text } from '../../crypto/json.ts'
import { checkMarkLimits, checkSize, checkThreshold, id, named } from '../../crypto/manifest.ts'
import { readStatement } from '../rules/outcome.ts'
import type { Pack } from '../rules/pack.ts'
import { packHex, readPack } from '../rules/read.ts'
import type { Statement } from '../rules/round.ts'

export interface Case {
  readonly title: string
  readonly trustees: number
  readonly threshold: number
  readonly minimumBallots: number
  readonly groups: readonly {
    readonly id: string
    readonly label: string
    readonly cards: number
    /** Cards given out and neither handed back nor voided, as the counting team will enter it. */
    readonly handedOut: number
  }[]
  readonly contests: readonly {
    readonly id: string
    readonly title: string
    readonly category?: string | undefined
    readonly options: readonly string[]
    readonly min: number
    readonly max: number
  }[]
  readonly comments: readonly { readonly id: string; readonly title: string; readonly maxBytes: number }[]
  readonly votes: readonly Bundle[]
  /** By group, in order. */
  readonly redeemedNotCast: readonly number[]
  readonly voided: readonly number[]
  /** Which rules say what follows, and what people stated for them. */
  readonly rules: CaseRules | null
}

interface CaseRules {
  readonly pack: Pack
  /** The pack's own first, then of those that speak beside it. */
  readonly texts: readonly [string, ...string[]]
  readonly statement: Statement
}

/** So many voters of one group who vote and write alike. */
interface Bundle {
  /** Index of the group. */
  readonly group: number
  readonly count: number
  /** By contest, the options marked. */
  readonly choices: readonly (readonly number[])[]
  /** By prompt; empty where nothing is written. */
  readonly comments: readonly string[]
}

/**
 * Refuses with the path of what is wrong; the limits are those of the manifest that will be made of it. `packTexts`: the
 * rule packs of which it may name one.
 */
export function parseCase(caseText: string, packTexts: readonly string[] = []): Case {
  const raw = shape(parseJson(caseText, 'case'), '')
  const comments = raw.comments ?? []
  checkThreshold(raw.trustees, raw.threshold)
  for (const [c, contest] of raw.contests.entries()) checkMarkLimits(contest, contest.options.length, `contests[${c}]`)
  checkSize(raw.contests)
  const indexOf = (list: readonly { id: string }[], id: string, where: string): number => {
    const index = list.findIndex(one => one.id === id)
    return index < 0 ? refuse('wrong-value', where, list.map(one => one.id).join(' | '), id.slice(0, 40)) : index
  }
  const spread = <T>(list: readonly { id: string }[], map: ReadonlyMap<string, T>, absent: T, where: string) => {
    const values = list.map(() => absent)
    for (const [id, value] of map) values[indexOf(list, id, `${where}.${id.slice(0, 40)}`)] = value
    return values
  }
  const votes = raw.votes.map((vote, i): Bundle => {
    const where = `votes[${i}]`
    const choices = spread<readonly number[]>(raw.contests, vote.choices, [], `${where}.choices`)
    return {
      group: indexOf(raw.groups, vote.group, `${where}.group`),
      count: vote.count,
      choices,
      comments: spread(comments, vote.comments ?? new Map(), '', `${where}.comments`),
    }
  })
  const found: Case = {
    ...raw,
    comments,
    votes,
    redeemedNotCast: spread(raw.groups, raw.redeemedNotCast ?? new Map(), 0, 'redeemedNotCast'),
    voided: spread(raw.groups, raw.voided ?? new Map(), 0, 'voided'),
    rules: raw.rules === undefined ? null : rulesOf(raw.rules, packTexts),
  }
  checkChoices(found)
  checkCards(found)
  checkLines(found)
  return found
}

function rulesOf({ pack: id, statement }: ReturnType<typeof ruled>, packTexts: readonly string[]): CaseRules {
  const packs = packTexts.map(text => ({ text, pack: readPack(text) }))
  const names = packs.map(({ pack }) => pack.id)
  const main = packs.find(one => one.pack.id === id) ?? refuse('wrong-value', 'rules.pack', names.join(' | '), id)
  const beside = main.pack.alongside.map(
    ({ pack, sha256 }) =>
      packTexts.find(text => packHex(text) === sha256) ?? refuse('wrong-hash', `rules.pack, ${pack}`, sha256),
  )
  return { pack: main.pack, texts: [main.text, ...beside], statement }
}

/** An object of whatever names, as a map. */
function mapOf<T>(item: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return (value: Json, where) => {
    if (!(value instanceof Map)) return refuse('wrong-type', where, 'object')
    return new Map([...(value as ReadonlyMap<string, Json>)].map(([id, one]) => [id, item(one, `${where}.${id}`)]))
  }
}

const ruled = exactly({ pack: text, statement: readStatement })

const shape = exactlyOr(
  {
    title: text,
    trustees: integer(2, 9),
    threshold: integer(2, 9),
    minimumBallots: integer(3),
    groups: named(exactly({ id, label: text, cards: integer(1, 65_535), handedOut: integer(0) }), 1, 255),
    contests: named(
      exactlyOr(
        { id, title: text, options: listOf(text, 1, 255), min: integer(0), max: integer(1) },
        { category: text },
      ),
      1,
      255,
    ),
    votes: listOf(
      exactlyOr(
        { group: text, count: integer(1), choices: mapOf(listOf(integer(0, 254), 0, 255)) },
        { comments: mapOf(text) },
      ),
      0,
      65_535,
    ),
  },
  {
    comments: named(exactly({ id, title: text, maxBytes: integer(1, 4096) }), 0, 15),
    redeemedNotCast: mapOf(integer(0)),
    voided: mapOf(integer(0)),
    rules: ruled,
  },
)

/** Every bundle can stand on a ballot and in an envelope. */
function checkChoices({ contests, comments, votes }: Case): void {
  votes.forEach((vote, i) => {
    contests.forEach(({ id, options, min, max }, c) => {
      const where = `votes[${i}].choices.${id}`
      const marked = vote.choices[c]!
      if (marked.length < min || marked.length > max) refuse('out-of-range', where, `${min}…${max}`, marked.length)
      if (new Set(marked).size !== marked.length) refuse('duplicate', where)
      for (const option of marked)
        if (option >= options.length) refuse('out-of-range', where, `0…${options.length - 1}`, option)
    })
    comments.forEach(({ id, maxBytes }, k) => {
      const written = utf8(vote.comments[k]!).length
      if (written > maxBytes) refuse('too-large', `votes[${i}].comments.${id}`, `≤ ${maxBytes}`, written)
    })
  })
}

/** By group: ballots and redemptions without one ≤ handed out ≤ cards − voided. */
function checkCards({ groups, votes, redeemedNotCast, voided }: Case): void {
  groups.forEach(({ id, cards, handedOut }, g) => {
    const cast = votes.filter(vote => vote.group === g).reduce((sum, { count }) => sum + count, 0)
    const redeemed = cast + redeemedNotCast[g]!
    if (redeemed > handedOut) refuse('wrong-count', `group ${id}, redemptions`, `≤ ${handedOut}`, redeemed)
    if (handedOut > cards - voided[g]!)
      refuse('wrong-count', `group ${id}, handedOut`, `≤ ${cards - voided[g]!}`, handedOut)
  })
}

/** Under rules each line offers the pack's options, of which one is marked, and is about a subject of its own. */
function checkLines({ contests, rules }: Case): void {
  if (rules === null) return
  const labels = rules.pack.options.map(({ label }) => label)
  contests.forEach(({ options, min, max }, c) => {
    if (options.join('\n') !== labels.join('\n'))
      refuse('wrong-value', `contests[${c}].options`, labels.join(', '), options.join(', '))
    if (min !== 0 || max !== 1) refuse('out-of-range', `contests[${c}].max`, 1, max)
  })
  const { length } = rules.statement.histories
  if (length !== contests.length) refuse('wrong-length', 'rules.statement.histories', contests.length, length)
}
