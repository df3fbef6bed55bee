/** Two packs side by side, field by field in words: only where they differ. Pure. */
import type { Pack } from '../../server/rules/pack.ts'
import type { Language } from '../words/language.ts'
import { PACKS } from '../words/packs.ts'
import { columnsOf, isRuled, PARTS, type Part, type PartName, type Row, readingOf } from './reading.ts'

type Column = 'condition' | 'of' | 'follows' | 'article' | 'source'

export interface Different {
  readonly part: PartName
  /** Of the first pack's row, or of the second's where the first has none. */
  readonly what: string
  /** Null: the row is in one of the two only. */
  readonly column: Column | null
  readonly left: string
  readonly right: string
}

export function differencesOf(left: Pack, right: Pack, language: Language): readonly Different[] {
  const [a, b] = [readingOf(left, language), readingOf(right, language)]
  const rowsOf = (parts: readonly Part[], name: PartName) => parts.find(part => part.name === name)?.rows ?? []
  return PARTS.flatMap(part =>
    paired(part, rowsOf(a, part), rowsOf(b, part)).flatMap(([one, other]) => rowsApart(part, one, other, language)),
  )
}

type Pair = readonly [Row | null, Row | null]

/** Rows that say the same belong together, then those that begin alike; thresholds that are left over in their order. */
function paired(part: PartName, left: readonly Row[], right: readonly Row[]): readonly Pair[] {
  const partners = new Map<Row, Row>()
  const free = new Set(right)
  const likeness: readonly ((a: Row, b: Row) => boolean)[] = [
    (a, b) => a.condition === b.condition && a.follows === b.follows,
    (a, b) => a.condition === b.condition,
    () => isRuled(part),
  ]
  for (const alike of likeness)
    for (const row of left) {
      const found = partners.has(row) ? undefined : [...free].find(other => alike(row, other))
      if (found === undefined) continue
      partners.set(row, found)
      free.delete(found)
    }
  const pairs = left.map((row): Pair => [row, partners.get(row) ?? null])
  return [...pairs, ...[...free].map((row): Pair => [null, row])]
}

const COLUMNS: readonly Column[] = ['condition', 'of', 'follows', 'article', 'source']

function rowsApart(part: PartName, left: Row | null, right: Row | null, language: Language): readonly Different[] {
  const { noArticle, unsourced } = PACKS[language].reading
  const what = (left ?? right)!.condition
  const [a, b] = [left, right].map(row => (row === null ? null : columnsOf(row, noArticle, unsourced)))
  if (!a || !b) {
    const { nothing } = PACKS[language].compare
    const said = (row: Row | null) => (row === null ? nothing : row.follows === '' ? row.condition : row.follows)
    return [{ part, what, column: null, left: said(left), right: said(right) }]
  }
  return COLUMNS.flatMap(column =>
    a[column] === b[column] ? [] : [{ part, what, column, left: a[column], right: b[column] }],
  )
}
