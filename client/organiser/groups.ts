/** Who votes, in groups, as the draft's form changes them. Pure. */
import { plainSpelling } from '../../server/rules/spelling.ts'
import type { Draft } from '../../server/wire.ts'

type Group = Draft['groups'][number]

/** As many as a draft takes (`server/draft.ts`). */
export const MAX_GROUPS = 60
const MAX_WEIGHT = 1000

/** The number of people convened is what the groups add up to. */
export const withGroups = (groups: readonly Group[]): Pick<Draft, 'groups' | 'convened'> => ({
  groups,
  convened: groups.reduce((sum, { convened }) => sum + convened, 0),
})

/** The first groups of a draft that had none: whoever was convened already stands in the last one. */
export const firstGroups = ({ convened }: Pick<Draft, 'convened'>, labels: readonly string[]) =>
  withGroups(labels.map((label, i) => ({ label, convened: i === labels.length - 1 ? convened : 0, weight: null })))

/** Labels that are offered and do not stand there yet. */
export const labelsLeft = (groups: readonly Group[], labels: readonly string[]): readonly string[] =>
  labels.filter(label => !groups.some(group => plainSpelling(group.label) === plainSpelling(label)))

export const isWeighted = (groups: readonly Group[]): boolean => groups.some(({ weight }) => weight !== null)

/** All alike at first, or none. */
export const weighted = (groups: readonly Group[], on: boolean): readonly Group[] =>
  groups.map(group => ({ ...group, weight: on ? (group.weight ?? 1) : null }))

export const clampedWeight = (typed: number): number => Math.min(typed, MAX_WEIGHT)

/** Every group has a name of its own and people, and there are two at least. */
export function areWhole(groups: readonly Group[]): boolean {
  const labels = new Set(groups.map(({ label }) => plainSpelling(label)))
  return groups.length >= 2 && labels.size === groups.length && !labels.has('') && groups.every(one => one.convened > 0)
}
