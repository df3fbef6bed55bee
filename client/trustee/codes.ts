/** Codes and numbers as members type them: what is wrong with them as far as that can be told here. Pure. */
import type { Rng } from '../../crypto/bytes.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { SHEET_GROUPS } from '../../crypto/sheet.ts'
import { isOfManifest } from '../../crypto/token.ts'
import { isGroup } from '../../crypto/typed.ts'

/** `groups`: which ones (from 0) were mistyped. */
export type SheetProblem =
  | { readonly what: 'groups'; readonly places: readonly number[] }
  | { readonly what: 'length'; readonly got: number }
  | { readonly what: 'unread' | 'not-yours' }

export const isCount = (text: string, most: number): boolean => /^\d{1,5}$/.test(text.trim()) && Number(text) <= most

/** What is wrong with a typed sheet code as far as single groups tell. */
export function problemOf(typed: string): SheetProblem | null {
  const groups = groupsIn(typed)
  const places = groups.flatMap((group, place) => (isGroup(group, place) ? [] : [place]))
  if (places.length > 0) return { what: 'groups', places }
  return groups.length === SHEET_GROUPS ? null : { what: 'length', got: groups.length }
}

export const groupsIn = (typed: string): readonly string[] => typed.replace(/[\s-]/g, '').match(/.{1,5}/g) ?? []

/** So many different groups of a code, from 0, in order: those that are asked back. */
export function somePlaces(count: number, of: number, rng: Rng): readonly number[] {
  const places = new Set<number>()
  while (places.size < count) places.add(rng(1)[0]! % of)
  return [...places].sort((a, b) => a - b)
}

export const cardCode = (typed: string, manifest: Manifest): 'same' | 'other' | 'unread' =>
  isOfManifest(typed, manifest.hash) ? 'same' : typed.replace(/[\s-]/g, '').length === 12 ? 'other' : 'unread'
