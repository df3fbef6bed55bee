/** What the verifier's page asks a server for. Whatever comes is checked against the hash that named it. */
import { shortCode, utf8 } from '../../crypto/bytes.ts'
import { packHex } from '../../server/rules/read.ts'
import { type Answer, getManifest, getPack, getRecord } from '../api.ts'
import { type Asked, hashAsked, isWholeHash, startOf } from './asked.ts'
import type { Given } from './packs.ts'
import { type Chosen, type Trouble, troubleOf } from './state.ts'

type Found<T> = { readonly ok: T } | { readonly trouble: Trouble }

export interface Network {
  readonly record: (asked: Asked) => Promise<Found<Chosen>>
  readonly manifest: (hash: Uint8Array) => Promise<Found<string>>
  /** Those that the server has; another text than the one asked for is not taken. */
  readonly packs: (hashes: readonly string[]) => Promise<readonly Given[]>
}

export const network: Network = {
  record: async asked => {
    const hash = await wholeHash(asked)
    if ('trouble' in hash) return hash
    const record = foundOf(await getRecord(hash.ok))
    if ('trouble' in record) return record
    return { ok: { record: new Blob([record.ok.slice()]), name: shortCode(hash.ok), asked: hash.ok } }
  },
  manifest: async hash => foundOf(await getManifest(startOf(hash))),
  packs: async hashes => {
    const answers = await Promise.all(hashes.map(getPack))
    return answers.flatMap((said, i) => {
      const hash = hashes[i]!
      return 'ok' in said && packHex(said.ok) === hash ? [{ name: hash, text: said.ok }] : []
    })
  },
}

const foundOf = <T>(answer: Answer<T>): Found<T> => ('ok' in answer ? answer : { trouble: troubleOf(answer.refused) })

/** The server knows manifests by the start of their hash; whether it gave the right one is checked here. */
async function wholeHash(asked: Asked): Promise<Found<Uint8Array>> {
  if (isWholeHash(asked)) return { ok: asked }
  const text = foundOf(await getManifest(startOf(asked)))
  if ('trouble' in text) return text
  const hash = hashAsked(asked, utf8(text.ok))
  return hash ? { ok: hash } : { trouble: 'unknown-poll' }
}
