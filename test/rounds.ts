/** Rounds and packs in few words, for the tests of the rules. */
import { attempt } from '../crypto/fault.ts'
import { readRulebook } from '../server/rulebook.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import type { Finding, PackOutcome } from '../server/rules/finding.ts'
import type { Pack } from '../server/rules/pack.ts'
import { readPack } from '../server/rules/read.ts'
import type { HistoryEntry, Round, Subject } from '../server/rules/round.ts'

/** Every shipped pack's text, by id. */
export const TEXTS: ReadonlyMap<string, string> = new Map(readRulebook().map(text => [readPack(text).id, text]))
export const PACKS: readonly Pack[] = [...TEXTS.values()].map(readPack)
export const packOf = (id: string): Pack => PACKS.find(pack => pack.id === id)!

type Counts = { readonly [option: string]: number }

export const subjectWith = (counts: Counts, fields: Partial<Subject> = {}): Subject => ({
  name: 'Giám đốc Sở A',
  position: '',
  criterion: null,
  counts: new Map(Object.entries(counts)),
  history: [],
  ...fields,
})

/** `n` people convened, all of them members and present, and every ballot came back. */
export const roundOfAll = (n: number, subjects: readonly Subject[], fields: Partial<Round> = {}): Round => ({
  date: '2026-12-05',
  attendance: { convened: n, present: n },
  members: n,
  issued: n,
  collected: n,
  valid: n,
  late: 0,
  team: ['Tổ viên 1', 'Tổ viên 2', 'Tổ viên 3'],
  hidden: 0,
  classified: null,
  subjects,
  ...fields,
})

/** What one shipped pack says. */
export const saidBy = (pack: string, round: Round): PackOutcome =>
  evaluate(round, [{ text: TEXTS.get(pack)! }]).packs[0]!

/** The first finding of a kind about the first subject. */
export const findingOf = (said: PackOutcome, kind: Finding['kind']): Finding =>
  [...said.subjects[0]!.findings, ...said.findings].find(finding => finding.kind === kind)!

export const yearsOf = (quality: string, ...years: readonly number[]): readonly HistoryEntry[] =>
  years.map(year => ({ year, quality }))

/** `code at place`, with what was expected and what came; null where nothing is refused. */
export function refusalOf(read: () => unknown): string | null {
  let refused: string | null = null
  attempt(read, ({ code, where, expected, got }) => {
    const compared = [expected, got].filter(word => word !== undefined)
    refused = [`${code} at ${where}`, ...(compared.length === 0 ? [] : [compared.join(', not ')])].join(': ')
  })
  return refused
}
