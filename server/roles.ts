/**
 * Which part of a poll a deployment does (docs/operations.md, two operators), as its environment says: variables on Node,
 * variables and secrets on Workers.
 *
 *     ROLE=all      everything, as without it
 *     ROLE=box      everything but redeeming: REDEEM_URL, PEER_KEY
 *     ROLE=redeem   redeeming alone: PEER_KEY
 */
import { isRedeemOrigin } from './rules/redeem-at.ts'

export type Role =
  | { readonly role: 'all' }
  | { readonly role: 'box'; readonly redeemUrl: string; readonly peerKey: string }
  | { readonly role: 'redeem'; readonly peerKey: string }

export interface RoleVariables {
  readonly ROLE?: string | undefined
  readonly REDEEM_URL?: string | undefined
  readonly PEER_KEY?: string | undefined
}

const KEY = /^[\w-]{32,512}$/

/** 128 bits and more, as `openssl rand -hex 32` prints them or in base64url: guessing is no use, however often one may try. */
export const isKey = (said: string): boolean => KEY.test(said) && new Set(said).size >= 8

/** Or what is wrong: the name of the variable, and its value where that is no secret. */
export function readRole({ ROLE: role = 'all', REDEEM_URL, PEER_KEY: peerKey }: RoleVariables): Role | string {
  if (role === 'all') {
    // Left over from a split that somebody believes is still there.
    if (REDEEM_URL !== undefined || peerKey !== undefined) return 'ROLE=all, REDEEM_URL, PEER_KEY'
    return { role }
  }
  if (role !== 'box' && role !== 'redeem') return `ROLE=${role}`
  if (peerKey === undefined || !isKey(peerKey)) return 'PEER_KEY'
  if (role === 'redeem') return REDEEM_URL === undefined ? { role, peerKey } : 'ROLE=redeem, REDEEM_URL'
  const redeemUrl = REDEEM_URL?.replace(/\/$/, '')
  if (redeemUrl === undefined || !isRedeemOrigin(redeemUrl)) return `REDEEM_URL=${REDEEM_URL ?? ''}`
  return { role, redeemUrl, peerKey }
}
