/** What must hold of a pack beyond its shape. Every refusal's place is the path of the value that does not fit. */
import { refuse } from '../../crypto/fault.ts'
import { parseFraction } from './fraction.ts'
import type { Band, Fraction, Pack } from './pack.ts'

/** Refuses: `duplicate`, `not-listed`, `not-ascending`, `wrong-value`, `not-allowed`. */
export function checkPack(pack: Pack): void {
  checkIds(pack)
  checkOptions(pack)
  checkDays(pack.effective)
  for (const option of new Set(pack.bands.map(band => band.option))) checkRanges(pack.bands, option)
  pack.bands.forEach(({ consequence, actor }, i) => {
    if ((consequence === null) !== (actor === null))
      refuse('wrong-value', `bands[${i}].actor`, consequence === null ? 'null' : 'text', actor ?? 'null')
  })
  checkProposals(pack)
}

function checkIds({ id, options, bands, histories, cap, validity, alongside }: Pack): void {
  const named = (list: readonly { readonly id: string }[], where: string) =>
    list.map((one, i) => [one.id, `${where}[${i}].id`] as const)
  allDifferent(named(options, 'options'))
  // A finding names its band or its rule of earlier years.
  allDifferent([...named(bands, 'bands'), ...named(histories, 'histories')])
  allDifferent(named(cap?.bases ?? [], 'cap.bases'))
  allDifferent(named(validity, 'validity'))
  allDifferent([[id, 'id'], ...alongside.map(({ pack }, i) => [pack, `alongside[${i}].pack`] as const)])
}

function allDifferent(values: readonly (readonly [value: string, where: string])[]): void {
  const seen = new Set<string>()
  for (const [value, where] of values) {
    if (seen.has(value)) refuse('duplicate', where, undefined, value)
    seen.add(value)
  }
}

function checkOptions({ options, lowest, bands, histories, cap }: Pack): void {
  const among = (ids: readonly string[], found: string, where: string) => {
    if (!ids.includes(found)) refuse('not-listed', where, ids.join(' | '), found)
  }
  const all = options.map(({ id }) => id)
  among(all, lowest, 'lowest')
  for (const [i, { option, from }] of bands.entries()) {
    among(all, option, `bands[${i}].option`)
    checkReachable(from, `bands[${i}].from`)
  }
  for (const [i, { counts }] of histories.entries()) {
    // Earlier rounds are stated by the marks of the lowest option alone.
    if (counts.kind === 'share') among([lowest], counts.option, `histories[${i}].counts.option`)
    if (counts.kind === 'share') checkReachable(counts, `histories[${i}].counts`)
  }
  if (cap === null) return
  among(all, cap.option, 'cap.option')
  among(
    cap.bases.map(({ id }) => id),
    cap.base,
    'cap.base',
  )
  for (const [b, { levels }] of cap.bases.entries())
    for (const [l, level] of levels.entries()) among(all, level, `cap.bases[${b}].levels[${l}]`)
}

function checkDays({ from, to }: Pack['effective']): void {
  if (to !== null && to < from) refuse('not-ascending', 'effective.to', `≥ ${from}`, to)
}

/** Nothing is more than all. */
function checkReachable({ operator, fraction }: { operator: '>' | '>='; fraction: Fraction }, where: string): void {
  if (operator === '>' && fraction === '1/1') refuse('out-of-range', `${where}.fraction`, '< 1/1', '1/1')
}

/** The ranges of one option ascend and join: each ends where the next begins, and the last is open upwards. */
function checkRanges(bands: readonly Band[], option: string): void {
  const own = [...bands.entries()].filter(([, band]) => band.option === option)
  for (const [n, [i, { from, to }]] of own.entries()) {
    const next = own[n + 1]
    if (next === undefined) {
      if (to !== null) refuse('wrong-value', `bands[${i}].to`, 'null', `${to.operator} ${to.fraction}`)
      continue
    }
    const [j, following] = next
    if (to === null) refuse('wrong-value', `bands[${i}].to`, ends(following.from), 'null')
    const order = compareFractions(from.fraction, to.fraction)
    const single = order === 0 && from.operator === '>=' && to.operator === '<='
    if (order > 0 || (order === 0 && !single))
      refuse('not-ascending', `bands[${i}].to.fraction`, `> ${from.fraction}`, to.fraction)
    const found = `${following.from.operator} ${following.from.fraction}`
    const field = following.from.fraction === to.fraction ? 'operator' : 'fraction'
    if (found !== begins(to)) refuse('wrong-value', `bands[${j}].from.${field}`, begins(to), found)
  }
}

const ends = ({ operator, fraction }: Band['from']): string => `${operator === '>' ? '<=' : '<'} ${fraction}`
const begins = ({ operator, fraction }: NonNullable<Band['to']>): string =>
  `${operator === '<' ? '>=' : '>'} ${fraction}`

function compareFractions(a: Fraction, b: Fraction): number {
  const [x, y] = [parseFraction(a), parseFraction(b)]
  return x.n * y.d - y.n * x.d
}

/** What follows is a proposal to people: no pack may say that somebody *is* removed. */
function checkProposals({ bands, histories, cap, proposal }: Pack): void {
  const said = [
    ...bands.flatMap(({ label, consequence }, i) => [
      [label, `bands[${i}].label`] as const,
      [consequence ?? '', `bands[${i}].consequence`] as const,
    ]),
    ...histories.flatMap(({ label, consequence }, i) => [
      [label, `histories[${i}].label`] as const,
      [consequence, `histories[${i}].consequence`] as const,
    ]),
    [cap?.label ?? '', 'cap.label'] as const,
    [cap?.consequence ?? '', 'cap.consequence'] as const,
    [proposal?.consequence ?? '', 'proposal.consequence'] as const,
  ]
  for (const [text, where] of said) {
    const verdict = VERDICTS.exec(text.normalize('NFC').toLowerCase())?.[0]
    if (verdict !== undefined) refuse('not-allowed', where, undefined, verdict)
  }
}

const VERDICTS = /bị (miễn nhiệm|bãi nhiệm|cách chức)/
