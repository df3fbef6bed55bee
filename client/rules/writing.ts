/**
 * What a pack being written begins as, and what follows by itself from what is typed: upper bounds from the next band,
 * so that neither gap nor overlap can be entered unseen; ids from labels and thresholds. Pure.
 */
import { added, at, listAt, type Path, put, type Tree, textAt } from './tree.ts'

/** Nothing is known: every figure is still to be copied from the agency's text. */
export const EMPTY: Tree = {
  format: 'phieukin/rules/v1',
  id: '',
  version: 1,
  title: '',
  citation: { text: '', number: '', date: '', basis: { article: null, source: '' } },
  effective: { from: '', to: null, basis: null },
  role: 'ballot',
  template: null,
  scope: [],
  steps: [],
  options: [],
  lowest: '',
  optionsBasis: null,
  quorum: { fraction: '', of: null, basis: null },
  denominator: { of: null, basis: null },
  bands: [],
  histories: [],
  proposal: null,
  cap: null,
  validity: [],
  exclusions: [],
  disclosure: { default: null, basis: null },
  rounding: { decimals: 2, mode: 'half-up', basis: null },
  alongside: [],
  sample: false,
}

/** Guided forms know what is known, and nothing else; a pack knows when a text is silent. */
const FORM = 'phieukin/rules-form/v1'

/** A form that is filled in becomes a pack: what it leaves open is a question here, not yet an answer. */
export function formed(tree: Tree): Tree {
  if (textAt(tree, ['format']) !== FORM) return tree
  const open = ['quorum', 'denominator', 'disclosure'].filter(name => at(tree, [name]) === null)
  return ['format', ...open].reduce((now, name) => put(now, [name], at(EMPTY, [name])), tree)
}

/** How a draft begins from the text that the server copied. `other`: a template for another regulation. */
export type Beginning = 'form' | 'empty' | 'next' | 'other'

export function begun(tree: Tree, how: Beginning): Tree {
  switch (how) {
    case 'form':
      return formed(tree)
    case 'empty':
      return EMPTY
    case 'next':
      return put(tree, ['version'], Number(at(tree, ['version'])) + 1)
    case 'other':
      return [
        [['id'], ''],
        [['version'], 1],
        [['title'], ''],
        [['citation'], at(EMPTY, ['citation'])],
        [['effective'], at(EMPTY, ['effective'])],
        [['sample'], false],
      ].reduce((now, [path, value]) => put(now, path as Path, value as Tree), tree)
  }
}

// ── what is added ───────────────────────────────────────────────────────────────────────────────────────────────

export type Kind = 'line' | 'option' | 'band' | 'gap' | 'history' | 'validity' | 'base'

/** The tree with one more item, whose id no other item of the list has. */
export function withMore(tree: Tree, path: Path, kind: Kind): Tree {
  const lowest = textAt(tree, ['lowest'])
  const fresh: Readonly<Record<Kind, Tree>> = {
    line: { text: '', basis: null },
    option: { id: newId(tree, path, 'muc'), label: '' },
    band: {
      id: '',
      option: lowest,
      from: { operator: null, fraction: '' },
      to: null,
      label: '',
      consequence: '',
      actor: '',
      basis: null,
    },
    gap: {
      id: '',
      option: lowest,
      from: { operator: null, fraction: '' },
      to: null,
      label: '',
      consequence: null,
      actor: null,
      basis: null,
    },
    history: {
      id: newId(tree, path, 'nam'),
      counts: { kind: 'quality', level: '' },
      years: null,
      label: '',
      consequence: '',
      actor: '',
      basis: null,
    },
    validity: { id: newId(tree, path, 'khl'), layer: 'line', text: '', basis: null },
    base: { id: newId(tree, path, 'co-so'), label: '', levels: [], basis: null },
  }
  return added(tree, path, fresh[kind])
}

export const FRESH_CAP: Tree = {
  option: '',
  fraction: '',
  base: '',
  label: '',
  consequence: '',
  actor: '',
  bases: [],
  basis: null,
}
export const FRESH_QUORUM: Tree = { fraction: '', of: null, basis: null }
export const FRESH_PROPOSAL: Tree = { consequence: '', actor: '', basis: null }

function newId(tree: Tree, path: Path, start: string): string {
  const taken = listAt(tree, path).map(item => textAt(item, ['id']))
  return free(n => `${start}-${n}`, taken)
}

const free = (name: (n: number) => string, taken: readonly string[]): string => {
  let n = 1
  while (taken.includes(name(n))) n++
  return name(n)
}

/** `Hoàn thành tốt` → `hoan-thanh-tot`: small letters without marks, at most 32. */
export const slug = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-|-$/g, '')

// ── what follows from a change ──────────────────────────────────────────────────────────────────────────────────

/** `tree` after something was written into `before`. */
export const settled = (tree: Tree, before: Tree): Tree => withBounds(withIds(withLowest(withOptionIds(tree, before))))

/** An option is called after its label for as long as nobody relies on another name; whatever names it follows. */
function withOptionIds(tree: Tree, before: Tree): Tree {
  const options = listAt(tree, ['options'])
  const old = listAt(before, ['options'])
  if (options.length !== old.length) return tree
  return options.reduce<Tree>((now, option, i) => {
    const [id, label] = [textAt(option, ['id']), textAt(option, ['label'])]
    const was = textAt(old[i]!, ['label'])
    const follows = /^muc-\d+$/.test(id) || id.replace(/-\d+$/, '') === slug(was) || id === slug(was)
    if (label === was || !follows || textAt(old[i]!, ['id']) !== id) return now
    const others = listAt(now, ['options'])
      .filter((_, j) => j !== i)
      .map(other => textAt(other, ['id']))
    const start = slug(label)
    const next = start === '' || others.includes(start) ? free(n => `${start || 'muc'}-${n}`, others) : start
    return renamed(put(now, ['options', i, 'id'], next), id, next)
  }, tree)
}

const renamed = (tree: Tree, from: string, to: string): Tree =>
  mentionsOf(tree).reduce((now, path) => (textAt(now, path) === from ? put(now, path, to) : now), tree)

/** Every place that names an option. */
const mentionsOf = (tree: Tree): readonly Path[] => [
  ['lowest'],
  ...listAt(tree, ['bands']).map((_, i) => ['bands', i, 'option']),
  ...(at(tree, ['cap']) === null ? [] : [['cap', 'option']]),
]

/** Earlier rounds are known by the marks of the lowest option alone. */
const withLowest = (tree: Tree): Tree =>
  listAt(tree, ['histories']).reduce<Tree>((now, rule, i) => {
    const shared = textAt(rule, ['counts', 'kind']) === 'share'
    return shared ? put(now, ['histories', i, 'counts', 'option'], at(now, ['lowest'])) : now
  }, tree)

/** Sources that the draft names, each once, in the order in which they stand. */
export const sourcesIn = (tree: Tree): readonly string[] => [...new Set(allSources(tree))].filter(text => text !== '')

/** True if more than one figure names it. */
export const isShared = (tree: Tree, source: string): boolean =>
  allSources(tree).filter(text => text === source).length > 1

function allSources(tree: Tree): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(allSources)
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) =>
    name === 'source' && typeof value === 'string' ? [value] : allSources(value),
  )
}

/** Bands are called after their threshold until they are named otherwise. */
function withIds(tree: Tree): Tree {
  return listAt(tree, ['bands']).reduce<Tree>((now, band, i) => {
    if (!/^$|^(tren|tu|nguong)(-\d+)*$/.test(textAt(band, ['id']))) return now
    const taken = listAt(now, ['bands'])
      .slice(0, i)
      .map(other => textAt(other, ['id']))
    const operator = { '>': 'tren', '>=': 'tu' }[textAt(band, ['from', 'operator'])] ?? 'nguong'
    const start = `${operator}-${textAt(band, ['from', 'fraction']).replace(/\D+/g, '-')}`.replace(/-$/, '')
    return put(now, ['bands', i, 'id'], taken.includes(start) ? free(n => `${start}-${n + 1}`, taken) : start)
  }, tree)
}

/** Each range ends where the next one of the same option begins; the last goes up to all. */
function withBounds(tree: Tree): Tree {
  const bands = listAt(tree, ['bands'])
  return bands.reduce<Tree>((now, _, i) => {
    const next = nextOf(bands, i)
    const from = next === null ? null : at(bands[next]!, ['from'])
    const to =
      from === null ? null : { operator: opposite(textAt(from, ['operator'])), fraction: at(from, ['fraction']) }
    return put(now, ['bands', i, 'to'], to)
  }, tree)
}

const opposite = (operator: string): Tree => ({ '>': '<=', '>=': '<' })[operator] ?? null

/** Place of the band that begins where band `i` ends; null for an option's last one. */
export function nextOf(bands: readonly Tree[], i: number): number | null {
  const option = textAt(bands[i] ?? null, ['option'])
  const found = bands.findIndex((band, j) => j > i && textAt(band, ['option']) === option)
  return found < 0 ? null : found
}

/** Bands by option, each option's from the lowest threshold up. */
export function sorted(tree: Tree): Tree {
  const options = listAt(tree, ['options']).map(option => textAt(option, ['id']))
  const place = (band: Tree) => options.indexOf(textAt(band, ['option']))
  const bands = [...listAt(tree, ['bands'])].sort(
    (a, b) => place(a) - place(b) || thresholdOf(a) - thresholdOf(b) || strictness(a) - strictness(b),
  )
  return withBounds(put(tree, ['bands'], bands))
}

function thresholdOf(band: Tree): number {
  const [n, d] = textAt(band, ['from', 'fraction']).split('/').map(Number)
  return n !== undefined && d ? n / d : Number.POSITIVE_INFINITY
}
const strictness = (band: Tree): number => (textAt(band, ['from', 'operator']) === '>' ? 1 : 0)
