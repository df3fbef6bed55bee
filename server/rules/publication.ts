/**
 * What a draft's numbers allow to become public, said before anybody votes: the publication rule (protocol, section 10)
 * played for every turnout, and the subtractions that earlier rounds leave open. Pure; the draft page calls it at every
 * key. It decides nothing: what is opened in the end follows from the ballots alone (`crypto/tally.ts`).
 *
 * Every line of a ballot is opened over the same unions, so nothing can be subtracted between subjects or questions; and
 * unions are disjoint, so nothing between groups of one round. What remains is an earlier round with the same people.
 */
import { publicationUnions, type Union } from '../../crypto/tally.ts'
import { plainSpelling } from './spelling.ts'

/** While a group has `from` to `to` ballots and everybody else votes. */
interface Fate {
  readonly from: number
  readonly to: number
  /** Opened together with these, itself not among them; null: nothing is opened at all. */
  readonly beside: readonly number[] | null
}

/** Groups are named by their place in the draft. */
export interface GroupFate {
  /** Opened by itself: when everybody votes; with some other turnout only; with none. */
  readonly alone: 'full' | 'sometimes' | 'never'
  /** Of `never`: it has fewer people than the minimum, or all others together have. */
  readonly because: 'few' | 'others' | null
  /** With fewer ballots than the minimum; none where it has fewer people anyway, or is the only one. */
  readonly below: readonly Fate[]
}

export interface Foreseen {
  /** When everybody votes. */
  readonly full: readonly Union[]
  readonly groups: readonly GroupFate[]
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

/** `convened`: people by group, 1 and more each. */
export function foresee(convened: readonly number[], minimum: number): Foreseen {
  const full = publicationUnions(convened, minimum)
  const all = total(convened)
  return {
    full,
    groups: convened.map((people, group) => {
      const because = convened.length === 1 ? null : people < minimum ? 'few' : all - people < minimum ? 'others' : null
      const alone = full.some(({ groups }) => groups.length === 1 && groups[0] === group)
      return {
        alone: because !== null ? 'never' : alone ? 'full' : 'sometimes',
        because,
        below: because === 'few' || convened.length === 1 ? [] : fatesBelow(convened, group, minimum),
      }
    }),
  }
}

/** From no ballot to one fewer than the minimum. */
function fatesBelow(convened: readonly number[], group: number, minimum: number): readonly Fate[] {
  const fates: Fate[] = []
  for (let from = 0; from < minimum; ) {
    const ballots = convened.map((people, g) => (g === group ? from : people))
    const own = publicationUnions(ballots, minimum).find(({ groups }) => groups.includes(group))
    const to = own === undefined ? from : Math.min(minimum - 1, from + slackOf(ballots, group, minimum))
    const beside = own === undefined ? null : own.groups.filter(other => other !== group)
    const last = fates[fates.length - 1]
    if (last !== undefined && String(last.beside) === String(beside)) fates[fates.length - 1] = { ...last, to }
    else fates.push({ from, to, beside })
    from = to + 1
  }
  return fates
}

/**
 * How many ballots more the group could have while the rule would merge the same unions in the same order: it follows
 * the rule step by step and notes how far each comparison with the group's own union is from falling otherwise.
 */
function slackOf(ballots: readonly number[], group: number, minimum: number): number {
  const bySize = (a: Union, b: Union) => a.ballots - b.ballots || a.groups[0]! - b.groups[0]!
  let unions: Union[] = ballots.map((n, g) => ({ groups: [g], ballots: n }))
  let slack = Number.POSITIVE_INFINITY
  while (unions.length > 1) {
    const [a, b, ...others] = unions.sort(bySize)
    const [smallest, next, third] = [a!, b!, others[0]]
    if (smallest.ballots >= minimum) break
    const own = [smallest, next].find(({ groups }) => groups.includes(group))
    if (own !== undefined) {
      // It stays one of the two smallest until it passes the third.
      const first = third === undefined || own.groups[0]! < third.groups[0]!
      if (third !== undefined) slack = Math.min(slack, third.ballots - own.ballots - (first ? 0 : 1))
      // And there is something to merge until it is large enough itself.
      if (own === smallest && next.ballots >= minimum) slack = Math.min(slack, minimum - 1 - own.ballots)
    }
    const groups = [...smallest.groups, ...next.groups].sort((x, y) => x - y)
    unions = [{ groups, ballots: smallest.ballots + next.ballots }, ...others]
  }
  return slack
}

// ── earlier rounds ──────────────────────────────────────────────────────────────────────────────────────────────

/** What a round opened: labels of groups, and ballots. */
export interface EarlierUnion {
  readonly labels: readonly string[]
  readonly ballots: number
}

/**
 * What the difference of two rounds would be about if everybody who votes in both chooses as before. `people`: so many,
 * fewer than the minimum.
 */
interface Difference {
  /** `turnover`: those who came or went, of these groups. `regrouped`: these groups alone, since others are opened now. */
  readonly kind: 'turnover' | 'regrouped'
  /** None: of everybody. */
  readonly labels: readonly string[]
  readonly people: number
}

interface Group {
  readonly label: string
  readonly convened: number
}

/** A part of the people whom both rounds opened, each in unions of its own. */
interface Common {
  /** Groups by place. */
  readonly groups: readonly number[]
  readonly before: number
}

/**
 * Every difference of fewer people than the minimum between an earlier round and this one, if everybody votes now.
 * Groups are the same where their labels are; rounds of other groups have only their totals in common.
 */
export function differencesFrom(
  earlier: readonly EarlierUnion[],
  groups: readonly Group[],
  minimum: number,
): readonly Difference[] {
  if (earlier.length === 0) return []
  const places = new Map(groups.map(({ label }, g) => [plainSpelling(label), g]))
  const before = earlier.map(({ labels, ballots }) => ({
    groups: labels.map(label => places.get(plainSpelling(label)) ?? -1),
    ballots,
  }))
  const known = before.flatMap(union => union.groups)
  const same = known.length === groups.length && !known.includes(-1)
  const now = publicationUnions(
    groups.map(({ convened }) => convened),
    minimum,
  )
  const everybody: Common = { groups: groups.map((_, g) => g), before: total(before.map(({ ballots }) => ballots)) }
  const labelsOf = (of: readonly number[]) => (of.length === groups.length ? [] : of.map(g => groups[g]!.label))
  const people = (of: readonly number[]) => total(of.map(g => groups[g]!.convened))
  const turnover = (same ? commonParts(before, now) : [everybody]).flatMap((part): readonly Difference[] => {
    const moved = Math.abs(people(part.groups) - part.before)
    if (moved === 0 || moved >= minimum) return []
    return [{ kind: 'turnover', labels: labelsOf(part.groups), people: moved }]
  })
  if (!same) return turnover
  const cuts = groups.map((_, g) => smallestCut(before, now, groups, g)).filter(cut => people(cut) < minimum)
  const different = [...new Map(cuts.map(cut => [cut.join(), cut])).values()]
  const regrouped = different.map(
    (cut): Difference => ({ kind: 'regrouped', labels: cut.map(g => groups[g]!.label), people: people(cut) }),
  )
  return [...turnover, ...regrouped]
}

/** The finest parts that are unions of unions on both sides. */
function commonParts(before: readonly Union[], now: readonly Union[]): readonly Common[] {
  let parts = now.map(({ groups }): Common => ({ groups, before: 0 }))
  for (const { groups, ballots } of before) {
    const meets = ({ groups: of }: Common) => of.some(g => groups.includes(g))
    const met = parts.filter(meets)
    const joined = met.flatMap(part => part.groups).sort((a, b) => a - b)
    const sum = total(met.map(part => part.before)) + ballots
    parts = [...parts.filter(part => !meets(part)), { groups: joined, before: sum }]
  }
  return parts
}

/**
 * The fewest people, this group among them, whose sums the two rounds give by addition and subtraction. Unions of both
 * rounds are the points of a graph, each group a line between its union before and now. What can be computed from the
 * sums is a number for every point, each line getting the difference of its ends; so the smallest sets of groups that can
 * be told from all others are the smallest cuts, and the one that separates this line's ends is the largest flow.
 */
function smallestCut(
  before: readonly Union[],
  now: readonly Union[],
  groups: readonly Group[],
  group: number,
): readonly number[] {
  const endsOf = (g: number) => [
    before.findIndex(union => union.groups.includes(g)),
    before.length + now.findIndex(union => union.groups.includes(g)),
  ]
  const lines = groups.map(({ convened }, g) => ({ ends: endsOf(g), room: [convened, convened] }))
  const [source, sink] = lines[group]!.ends as [number, number]
  for (;;) {
    /** By point reached: over which line, and in which direction. */
    const reached = new Map<number, { readonly line: number; readonly way: 0 | 1 } | null>([[source, null]])
    for (const point of reached.keys())
      lines.forEach(({ ends, room }, line) => {
        for (const way of [0, 1] as const)
          if (ends[way] === point && room[way]! > 0 && !reached.has(ends[1 - way]!))
            reached.set(ends[1 - way]!, { line, way })
      })
    if (!reached.has(sink))
      return lines.flatMap(({ ends }, g) => (reached.has(ends[0]!) === reached.has(ends[1]!) ? [] : [g]))
    const path: { readonly line: number; readonly way: 0 | 1 }[] = []
    for (let step = reached.get(sink); step; step = reached.get(lines[step.line]!.ends[step.way]!)) path.push(step)
    const flow = Math.min(...path.map(({ line, way }) => lines[line]!.room[way]!))
    for (const { line, way } of path) {
      const { room } = lines[line]!
      room[way] = room[way]! - flow
      room[1 - way] = room[1 - way]! + flow
    }
  }
}
