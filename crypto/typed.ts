/**
 * Secret codes that people write down and type again: groups of five in Crockford base32, of which the fifth character says
 * whether the other four were read right. Read kindly: spaces, hyphens, lower case, O for 0, I and L for 1.
 */
import { fromBase32, toBase32 } from './bytes.ts'

/** Characters of a group that carry something. */
const CARRIED = 4

/** As printed: every four characters with the one that checks them. Shape: a multiple of four. */
export const groupsOf = (carried: string): readonly string[] =>
  carried.match(/.{4}/g)!.map((four, place) => four + checkCharacter(four, place))

/** Group `place` (from 0) as it was typed is one that can stand there. Every single wrong or exchanged character shows. */
export function isGroup(typed: string, place: number): boolean {
  const group = plain(typed)
  if (group.length !== CARRIED + 1 || fromBase32(group) === null) return false
  return canonical(group.slice(CARRIED)) === checkCharacter(canonical(group.slice(0, CARRIED)), place)
}

/** The same groups, however they were typed. */
export const isSameGroup = (typed: string, printed: string): boolean => canonical(plain(typed)) === printed

/** What was typed, group by group; the last may be short. */
export const typedGroups = (typed: string): readonly string[] => canonical(plain(typed)).match(/.{1,5}/g) ?? []

/** What the groups carry. */
export const carriedBy = (groups: readonly string[]): string => groups.map(group => group.slice(0, CARRIED)).join('')

const plain = (typed: string): string => typed.replace(/[\s-]/g, '')

/** As printed; characters that stand for nothing are left as they are. */
const canonical = (typed: string): string =>
  Array.from(typed, character => {
    const read = fromBase32(character)
    return read ? toBase32(read, 5) : character
  }).join('')

/**
 * The fifth character of a group: `place + 2·a + 4·b + 8·c + 16·d` in the field of 32 elements (modulus x⁵ + x² + 1). The
 * factors differ and none is 0, so that one wrong character and two exchanged ones always change it.
 */
function checkCharacter(four: string, place: number): string {
  const sum = Array.from(four).reduce((so, character, i) => so ^ timesTwo(digit(character), i + 1), place & 31)
  return toBase32(Uint8Array.of(sum << 3), 5)
}

const digit = (character: string): number => fromBase32(character)![0]! >> 3

function timesTwo(value: number, times: number): number {
  if (times === 0) return value
  const doubled = value << 1
  return timesTwo(doubled & 32 ? doubled ^ 0b100101 : doubled, times - 1)
}

/** A hash's short code as people type it: lower case, without hyphens, O for 0. */
export function isCodeOf(hash: Uint8Array, said: string): boolean {
  const typed = fromBase32(said.replace(/[\s-]/g, ''))
  return typed?.length === 8 && toBase32(typed, 60) === toBase32(hash, 60)
}
