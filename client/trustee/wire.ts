/** What a view says, as the bytes and points that the device takes. Whatever does not read is its sender's fault. */
import { toBase64url } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { readPoint } from '../../crypto/group.ts'
import type { Share } from '../../crypto/share.ts'
import { stopWhereRefused } from '../../crypto/stop.ts'
import type { Ceremony, Package } from '../../crypto/trustees.ts'
import type { MemberView, ShareWire } from '../../server/wire.ts'
import { bytesOf, readPackage } from '../packages.ts'

export const isWhole = <T>(list: readonly (T | null)[]): list is readonly T[] => list.every(one => one !== null)

/** The indices, from 1, of members of whom nothing has come yet. */
export const missingIn = (list: readonly unknown[]): readonly number[] =>
  list.flatMap((one, i) => (one === null || one === false ? [i + 1] : []))

export const ceremonyOf = (view: MemberView): Ceremony => ({
  pollId: bytesOf(view.pollId),
  n: view.names.length,
  t: view.threshold,
})

/** Shape: a view in which every package is there. Stops at one that does not read, or that has another name. */
export function packagesOf(view: MemberView): readonly Package[] {
  return view.packages.map((wire, i) =>
    stopWhereRefused('ceremony', () => readPackage(wire, i + 1, view.names[i] ?? '')),
  )
}

export const byIndex = (list: readonly (string | null)[]): ReadonlyMap<number, Uint8Array> =>
  new Map(list.flatMap((text, i) => (text === null ? [] : [[i + 1, bytesOf(text)] as const])))

export const writeShares = (shares: ReadonlyMap<string, Share>): readonly ShareWire[] =>
  [...shares].map(([sum, { D, proof }]) => ({ sum, share: toBase64url(D.bytes), proof: toBase64url(proof) }))

/** By member and label; what does not read as a point is left out, like any other false share. */
export function sharesOf(view: MemberView): readonly ReadonlyMap<string, Share>[] {
  return view.shares.map((list, i) => {
    const read = (list ?? []).flatMap(({ sum, share, proof }) => {
      const D = attempt(() => readPoint(bytesOf(share), sum))
      return D ? [[sum, { trustee: i + 1, D, proof: bytesOf(proof) }] as const] : []
    })
    return new Map(read)
  })
}
