/**
 * What keeps a draft from being frozen, each with its field: first everything that is not there yet, then what the
 * reader of packs refuses, one thing after the other, as it reads.
 */
import { attempt, type Fault } from '../../crypto/fault.ts'
import type { Pack } from '../../server/rules/pack.ts'
import { readPack } from '../../server/rules/read.ts'
import { SECTIONS, type Section } from './state.ts'
import { at, lineOf, listAt, type Path, pathOf, type Tree, textAt } from './tree.ts'
import { nextOf } from './writing.ts'

export interface Problem {
  readonly path: Path
  readonly section: Section
  /** Null: nothing stands there yet. */
  readonly fault: Fault | null
  /** Of the draft's text, where the fault names one. */
  readonly line: number | null
}

const SECTION_OF: Readonly<Record<string, Section>> = {
  scope: 'scope',
  steps: 'scope',
  exclusions: 'scope',
  template: 'options',
  options: 'options',
  lowest: 'options',
  optionsBasis: 'options',
  validity: 'options',
  quorum: 'count',
  denominator: 'count',
  rounding: 'count',
  bands: 'bands',
  histories: 'more',
  proposal: 'more',
  cap: 'more',
  disclosure: 'more',
  alongside: 'more',
}
const sectionOf = (path: Path): Section => SECTION_OF[String(path[0])] ?? 'text'

/** `text`: of the tree, as it would be saved. */
export function problemsOf(tree: Tree, text: string): readonly Problem[] {
  const missing = missingIn(tree).map(path => ({ path, section: sectionOf(path), fault: null, line: null }))
  if (missing.length > 0) return missing
  const { fault } = readDraft(text)
  if (fault === null) return []
  const path = fieldOf(tree, pathOf(fault.where))
  return [{ path, section: sectionOf(path), fault, line: lineOf(fault.where) }]
}

/** The pack, or why the text is none. */
export function readDraft(text: string): { readonly pack: Pack | null; readonly fault: Fault | null } {
  let fault: Fault | null = null
  const pack = attempt(
    () => readPack(text),
    found => {
      fault = found
    },
  )
  return { pack, fault }
}

/** Upper bounds are not typed: what is wrong with one is mended where the next range begins. */
function fieldOf(tree: Tree, path: Path): Path {
  const [list, i, field, ...rest] = path
  if (list !== 'bands' || typeof i !== 'number' || field !== 'to') return path
  const next = nextOf(listAt(tree, ['bands']), i)
  return next === null ? ['bands', i, 'from'] : ['bands', next, 'from', ...rest]
}

export const problemsIn = (problems: readonly Problem[], section: Section): number =>
  problems.filter(problem => problem.section === section).length

// ── what is not there yet ───────────────────────────────────────────────────────────────────────────────────────

const TEXTS: readonly Path[] = [
  ['title'],
  ['id'],
  ['version'],
  ['citation', 'text'],
  ['citation', 'number'],
  ['citation', 'date'],
  ['effective', 'from'],
  ['role'],
  ['template'],
  ['lowest'],
  ['denominator', 'of'],
  ['disclosure', 'default'],
]
const BASES: readonly Path[] = [['citation'], ['effective'], ['denominator'], ['disclosure'], ['rounding']]

/** What each item of a list must say, besides where it was seen. */
const ITEMS: readonly (readonly [Path, readonly Path[]])[] = [
  [['scope'], [['text']]],
  [['steps'], [['text']]],
  [['exclusions'], [['text']]],
  [['validity'], [['text']]],
  [['histories'], [['years'], ['label'], ['consequence'], ['actor']]],
  [['cap', 'bases'], [['label']]],
]
const CAP: readonly Path[] = [['option'], ['fraction'], ['base'], ['label'], ['consequence'], ['actor']]

function missingIn(tree: Tree): readonly Path[] {
  const found = [
    ...TEXTS.filter(path => isEmpty(tree, path)),
    ...BASES.flatMap(path => basisGaps(tree, [...path, 'basis'])),
    ...optionGaps(tree),
    ...(at(tree, ['quorum']) === null ? [] : within(tree, ['quorum'], [['fraction'], ['of']])),
    ...bandGaps(tree),
    ...ITEMS.flatMap(([list, fields]) => listAt(tree, list).flatMap((_, i) => within(tree, [...list, i], fields))),
    ...listAt(tree, ['histories']).flatMap((_, i) => countGaps(tree, ['histories', i, 'counts'])),
    ...(at(tree, ['proposal']) === null ? [] : within(tree, ['proposal'], [['consequence'], ['actor']])),
    ...capGaps(tree),
  ]
  const place = (path: Path) => SECTIONS.indexOf(sectionOf(path))
  return found.sort((a, b) => place(a) - place(b))
}

/** A fraction is there once both its numbers are. */
const isEmpty = (tree: Tree, path: Path): boolean => /^\/?$|^\d+\/$|^\/\d+$/.test(textAt(tree, path).trim())

const within = (tree: Tree, start: Path, fields: readonly Path[]): readonly Path[] => [
  ...fields.map(field => [...start, ...field]).filter(path => isEmpty(tree, path)),
  ...basisGaps(tree, [...start, 'basis']),
]

function basisGaps(tree: Tree, path: Path): readonly Path[] {
  if (at(tree, path) === null) return [path]
  const name = at(tree, [...path, 'unsourced']) === null ? 'source' : 'unsourced'
  return isEmpty(tree, [...path, name]) ? [[...path, name]] : []
}

function optionGaps(tree: Tree): readonly Path[] {
  const options = listAt(tree, ['options'])
  if (options.length === 0) return [['options'], ...basisGaps(tree, ['optionsBasis'])]
  const labels = options.map((_, i) => ['options', i, 'label'])
  return [...labels.filter(path => isEmpty(tree, path)), ...basisGaps(tree, ['optionsBasis'])]
}

/** About a range that the text does not rule on there is nothing to propose. */
const bandGaps = (tree: Tree): readonly Path[] =>
  listAt(tree, ['bands']).flatMap((band, i) =>
    within(
      tree,
      ['bands', i],
      [
        ['option'],
        ['from', 'operator'],
        ['from', 'fraction'],
        ['label'],
        ...(at(band, ['consequence']) === null ? [] : [['consequence'], ['actor']]),
      ],
    ),
  )

function countGaps(tree: Tree, path: Path): readonly Path[] {
  const fields = textAt(tree, [...path, 'kind']) === 'share' ? ['operator', 'fraction'] : ['level']
  return fields.map(field => [...path, field]).filter(found => isEmpty(tree, found))
}

function capGaps(tree: Tree): readonly Path[] {
  if (at(tree, ['cap']) === null) return []
  return [...within(tree, ['cap'], CAP), ...(listAt(tree, ['cap', 'bases']).length === 0 ? [['cap', 'bases']] : [])]
}

// ── wording ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A text that announces instead of proposing: `bị …`, `phải …`, or a bare verdict without `xem xét`. */
export function soundsDecided(text: string): boolean {
  const plain = text.normalize('NFC').toLowerCase()
  if (/(^|[\s,;])(bị|phải|buộc)\s/.test(plain)) return true
  return (
    /(^|[\s,;])(miễn nhiệm|cách chức|bãi nhiệm|kỷ luật|khiển trách|cảnh cáo)/.test(plain) &&
    !/xem xét|đề nghị/.test(plain)
  )
}
