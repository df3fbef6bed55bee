/** The shape of a pack's JSON: exactly these fields, so that no word of a regulation is passed over in silence. */
import { refuse } from '../../crypto/fault.ts'
import { exactly, exactlyOr, integer, listOf, nullOr, oneOf, type Shape, text } from '../../crypto/json.ts'
import { id } from '../../crypto/manifest.ts'
import { isDay } from './day.ts'
import { fractionShape } from './fraction.ts'
import type { Basis, Pack } from './pack.ts'

const MAX_CHARS = 2000
const MAX_ITEMS = 60

/** Words for people: some, and no control characters, which no paper could print. */
export const line: Shape<string> = (value, where) => {
  const found = text(value, where)
  if (found.trim() === '') refuse('wrong-length', where, `1…${MAX_CHARS}`, 0)
  if (found.length > MAX_CHARS) refuse('wrong-length', where, `1…${MAX_CHARS}`, found.length)
  return /\p{Cc}/u.test(found) ? refuse('wrong-value', where) : found
}

export const day: Shape<string> = (value, where) => {
  const found = text(value, where)
  return isDay(found) ? found : refuse('wrong-value', where, 'YYYY-MM-DD', found.slice(0, 60))
}

export const flag: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : refuse('wrong-type', where, 'true | false')

export const hex: Shape<string> = (value, where) => {
  const found = text(value, where)
  return /^[0-9a-f]{64}$/.test(found) ? found : refuse('wrong-value', where, '64 × 0-9a-f', found.slice(0, 80))
}

export const packId: Shape<string> = (value, where) => {
  const found = text(value, where)
  return /^[A-Za-z0-9-]{1,64}$/.test(found) ? found : refuse('bad-id', where, '[A-Za-z0-9-]{1,64}', found.slice(0, 80))
}

/** Where a figure was seen, or that nobody saw it: one of the two, never both. */
export const basis: Shape<Basis> = (value, where) => {
  const { article, source, unsourced } = exactlyOr({ article: nullOr(line) }, { source: line, unsourced: line })(
    value,
    where,
  )
  if (source !== undefined && unsourced !== undefined)
    return refuse('unknown-field', `${where}.unsourced`, 'source | unsourced')
  if (source !== undefined) return { article, source }
  if (unsourced !== undefined) return { article, unsourced }
  return refuse('missing-field', `${where}.source`, 'source | unsourced')
}

const threshold = <T extends string>(...operators: readonly T[]) =>
  exactly({ operator: oneOf(...operators), fraction: fractionShape })
const list = <T>(item: Shape<T>, min = 0) => listOf(item, min, MAX_ITEMS)
const words = list(exactly({ text: line, basis }))

const band = exactly({
  id,
  option: id,
  from: threshold('>', '>='),
  to: nullOr(threshold('<', '<=')),
  label: line,
  consequence: nullOr(line),
  actor: nullOr(line),
  basis,
})

const quality = exactly({ kind: oneOf('quality'), level: id })
const share = exactly({ kind: oneOf('share'), option: id, operator: oneOf('>', '>='), fraction: fractionShape })
const counts: Shape<ReturnType<typeof quality> | ReturnType<typeof share>> = (value, where) => {
  const kind = value instanceof Map ? value.get('kind') : undefined
  if (typeof kind === 'string') oneOf('quality', 'share')(kind, `${where}.kind`)
  return kind === 'share' ? share(value, where) : quality(value, where)
}

const history = exactly({ id, counts, years: integer(1, 10), label: line, consequence: line, actor: line, basis })

const cap = exactly({
  option: id,
  fraction: fractionShape,
  base: id,
  label: line,
  consequence: line,
  actor: line,
  bases: list(exactly({ id, label: line, levels: list(id), basis }), 1),
  basis,
})

const two: Shape<2> = (value, where) => integer(2, 2)(value, where) as 2

export const packShape: Shape<Pack> = exactly({
  format: oneOf('phieukin/rules/v1'),
  id: packId,
  version: integer(1, 9999),
  title: line,
  citation: exactly({ text: line, number: line, date: day, basis }),
  effective: exactly({ from: day, to: nullOr(day), basis }),
  role: oneOf('ballot', 'consequence'),
  template: oneOf('confidence', 'quality', 'criteria', 'free'),
  scope: words,
  steps: words,
  options: list(exactly({ id, label: line }), 1),
  lowest: id,
  optionsBasis: basis,
  quorum: nullOr(exactly({ fraction: fractionShape, of: oneOf('convened', 'members'), basis })),
  denominator: exactly({ of: oneOf('collected', 'valid', 'convened', 'members', 'issued'), basis }),
  bands: list(band),
  histories: list(history),
  proposal: nullOr(exactly({ consequence: line, actor: line, basis })),
  cap: nullOr(cap),
  validity: list(exactly({ id, layer: oneOf('sheet', 'line'), text: line, basis })),
  exclusions: words,
  disclosure: exactly({ default: oneOf('meeting', 'authority', 'public'), basis }),
  rounding: exactly({ decimals: two, mode: oneOf('half-up'), basis }),
  alongside: list(exactly({ pack: packId, sha256: hex })),
  sample: flag,
})
