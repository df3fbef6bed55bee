/** How far the follow-through of one subject is, read from its entries: nothing is stored but what people wrote. Pure. */
import type { EntryBody, EntryView } from '../../server/wire/leader.ts'

type Kind = EntryBody['kind']
export type Entry<K extends Kind> = Omit<EntryView, 'body'> & { readonly body: Extract<EntryBody, { kind: K }> }

const isOf =
  <K extends Kind>(kind: K) =>
  (entry: EntryView): entry is Entry<K> =>
    entry.body.kind === kind

/** A measure of a plan, with what was written about it since. */
interface Measure {
  /** The plan's entry, and which line of it. */
  readonly plan: number
  readonly index: number
  readonly text: string
  readonly deadline: string
  readonly who: string
  readonly progress: readonly Entry<'progress'>[]
  readonly done: boolean
  readonly overdue: boolean
}

export interface Plan {
  readonly entry: Entry<'plan'>
  readonly measures: readonly Measure[]
}

export interface Complaint {
  readonly entry: Entry<'complaint'>
  readonly settled: readonly Entry<'settled'>[]
}

/** Where the file stands, in the order in which files go. */
export type Stage = 'proposed' | 'unconfirmed' | 'decided' | 'planned' | 'done' | 'closed'

export interface File {
  readonly stage: Stage
  /** Decisions, and closings, which are decisions that nothing follows; as written down. */
  readonly decisions: readonly (Entry<'decision'> | Entry<'closed'>)[]
  readonly plans: readonly Plan[]
  readonly complaints: readonly Complaint[]
  readonly recounts: readonly Entry<'recount'>[]
  readonly retentions: readonly Entry<'retention'>[]
  readonly notes: readonly Entry<'note'>[]
  readonly overdue: number
  /** Everything, in the order in which it was written down. */
  readonly history: readonly EntryView[]
}

/** `subject` null: what concerns the whole poll. */
export function fileOf(all: readonly EntryView[], subject: number | null, today: string): File {
  const history = all.filter(({ body }) => body.subject === subject)
  const decisions = history.filter((entry): entry is Entry<'decision'> | Entry<'closed'> =>
    ['decision', 'closed'].includes(entry.body.kind),
  )
  const progress = history.filter(isOf('progress'))
  const plans = history.filter(isOf('plan')).map(entry => ({ entry, measures: measuresOf(entry, progress, today) }))
  const settled = history.filter(isOf('settled'))
  const measures = plans.flatMap(plan => plan.measures)
  return {
    stage: stageOf(decisions, measures),
    decisions,
    plans,
    complaints: history
      .filter(isOf('complaint'))
      .map(entry => ({ entry, settled: settled.filter(({ body }) => body.complaint === entry.n) })),
    recounts: history.filter(isOf('recount')),
    retentions: history.filter(isOf('retention')),
    notes: history.filter(isOf('note')),
    overdue: measures.filter(({ overdue }) => overdue).length,
    history,
  }
}

const measuresOf = ({ n, body }: Entry<'plan'>, all: readonly Entry<'progress'>[], today: string): readonly Measure[] =>
  body.measures.map(({ text, deadline, who }, index) => {
    const progress = all.filter(one => one.body.plan === n && one.body.measure === index)
    const done = progress.some(one => one.body.done)
    return { plan: n, index, text, deadline, who, progress, done, overdue: !done && deadline < today }
  })

function stageOf(decisions: File['decisions'], measures: readonly Measure[]): Stage {
  const confirmed = decisions.filter(({ confirmedBy }) => confirmedBy !== null)
  const last = confirmed[confirmed.length - 1]
  if (last === undefined) return decisions.length > 0 ? 'unconfirmed' : 'proposed'
  if (last.body.kind === 'closed') return 'closed'
  if (measures.length === 0) return 'decided'
  return measures.every(({ done }) => done) ? 'done' : 'planned'
}

/** What must come first for the entry to mean something. */
export const isUnsettled = ({ settled }: Complaint): boolean => settled.length === 0
