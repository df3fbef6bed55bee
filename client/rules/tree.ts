/**
 * A rule pack while it is being written: the pack's own JSON, of which any part may still be missing or half typed.
 * Parts are named by their path, as the reader of packs names them in its faults, so that a fault finds its field.
 */
export type Tree = null | boolean | number | string | readonly Tree[] | Branch
interface Branch {
  readonly [name: string]: Tree
}
export type Path = readonly (string | number)[]

const isBranch = (tree: Tree | undefined): tree is Branch =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree)

/** Null where nothing stands. */
export function at(tree: Tree, path: Path): Tree {
  let here: Tree | undefined = tree
  for (const name of path)
    here = Array.isArray(here) ? here[Number(name)] : isBranch(here) ? ownOf(here, String(name)) : undefined
  return here ?? null
}

const ownOf = (branch: Branch, name: string): Tree | undefined => Object.getOwnPropertyDescriptor(branch, name)?.value

/** As a field shows it: empty where there is no text and no number. */
export function textAt(tree: Tree, path: Path): string {
  const found = at(tree, path)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

export function listAt(tree: Tree, path: Path): readonly Tree[] {
  const found = at(tree, path)
  return Array.isArray(found) ? found : []
}

/** The tree with another value at the path; whatever stands in the way of the path gives way. */
export function put(tree: Tree, path: Path, value: Tree): Tree {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (typeof name === 'number') {
    const list: readonly Tree[] = Array.isArray(tree) ? tree : []
    return list.map((old, i) => (i === name ? put(old, rest, value) : old))
  }
  const branch = isBranch(tree) ? tree : {}
  return { ...branch, [name]: put(ownOf(branch, name) ?? null, rest, value) }
}

export const added = (tree: Tree, path: Path, item: Tree): Tree => put(tree, path, [...listAt(tree, path), item])

export const removed = (tree: Tree, path: Path, n: number): Tree =>
  put(
    tree,
    path,
    listAt(tree, path).filter((_, i) => i !== n),
  )

/** The item one place up in its list. */
export function raised(tree: Tree, path: Path, n: number): Tree {
  const list = [...listAt(tree, path)]
  const [item] = list.splice(n, 1)
  if (item !== undefined) list.splice(Math.max(n - 1, 0), 0, item)
  return put(tree, path, list)
}

/** The path in a fault's place: `line 12, bands[2].from.fraction`. */
export function pathOf(where: string): Path {
  const text = where.replace(/^line \d+,? ?/, '')
  return [...text.matchAll(/([A-Za-z]+)|\[(\d+)\]/g)].map(([, name, n]) => name ?? Number(n))
}

/** The line in a fault's place; null where it names none. */
export function lineOf(where: string): number | null {
  const found = /^line (\d+)/.exec(where)?.[1]
  return found === undefined ? null : Number(found)
}

/** Of the field at a path, in the page. */
export const fieldId = (path: Path): string => ['f', ...path].join('-')

/** The text of a tree: what is saved, hashed and looked at. Lines are numbered by it. */
export const writeTree = (tree: Tree): string => `${JSON.stringify(tree, null, 2)}\n`

/** Any JSON; an empty branch where the text is none. */
export function readTree(text: string): Tree {
  try {
    return JSON.parse(text) as Tree
  } catch {
    return {}
  }
}

/** `11/5/2022` → `2022-05-11`; what is no such day stays as it was typed, so that it can be mended. */
export function dayIn(typed: string): Tree {
  const [, day, month, year] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed) ?? []
  if (day === undefined || month === undefined) return typed === '' ? null : typed
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
