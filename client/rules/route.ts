/** Where the address's fragment leads. */
export type Route =
  | { readonly to: 'list' }
  | { readonly to: 'pack'; readonly sha256: string }
  | { readonly to: 'draft'; readonly draft: string }
  /** Each a pack's hash, a draft, or nothing chosen yet. */
  | { readonly to: 'compare'; readonly left: string; readonly right: string }

const HASH = '[0-9a-f]{64}'
const DRAFT = '[A-Za-z0-9_-]{22}'
const SIDE = `(${HASH}|${DRAFT}|)`

export function routeOf(fragment: string): Route {
  const text = fragment.replace(/^#/, '')
  if (new RegExp(`^${HASH}$`).test(text)) return { to: 'pack', sha256: text }
  const draft = new RegExp(`^soan\\.(${DRAFT})$`).exec(text)?.[1]
  if (draft !== undefined) return { to: 'draft', draft }
  const sides = new RegExp(`^so-sanh\\.${SIDE}\\.${SIDE}$`).exec(text)
  return sides ? { to: 'compare', left: sides[1]!, right: sides[2]! } : { to: 'list' }
}

export const LIST = '#'
export const packLink = (sha256: string): string => `#${sha256}`
export const draftLink = (draft: string): string => `#soan.${draft}`
export const compareLink = (left: string, right: string): string => `#so-sanh.${left}.${right}`
