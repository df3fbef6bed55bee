/**
 * Reads a rule pack: a text in, a checked pack out. Whatever is refused is named with its line, so that a lawyer who
 * wrote the text finds the place.
 */
import { toHex, utf8 } from '../../crypto/bytes.ts'
import { refuse } from '../../crypto/fault.ts'
import { parseJson } from '../../crypto/json.ts'
import { sha256 } from '../../crypto/transcript.ts'
import { checkPack } from './check.ts'
import { located } from './lines.ts'
import type { Pack } from './pack.ts'
import { packShape } from './shape.ts'

const MAX_CHARS = 262_144

/** Every refusal's place begins with `line N, `. What comes back was checked whole. */
export function readPack(text: string): Pack {
  if (text.length > MAX_CHARS) refuse('too-large', 'line 1, pack', `≤ ${MAX_CHARS}`, text.length)
  return located(text, 'pack', () => {
    const pack = packShape(parseJson(text, 'pack'), '')
    checkPack(pack)
    return pack
  })
}

/** By hand: `sha256sum pack.json`. */
export const packHash = (text: string): Uint8Array => sha256(utf8(text))

export const packHex = (text: string): string => toHex(packHash(text))
