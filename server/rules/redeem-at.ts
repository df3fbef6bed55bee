/**
 * Where a poll's cards are redeemed, if that is not where its ballots are cast: a word of the manifest, so that the card
 * names it. The protocol knows nothing of it; phones, the counting team and both deployments go by it.
 */

/** As the manifest has it, an origin or not; null where cards are redeemed at the address that the page came from. */
export function redeemAtOf(manifestText: string): string | null {
  const { poll } = JSON.parse(manifestText) as { readonly poll: { readonly redeemAt?: unknown } }
  return poll.redeemAt === undefined ? null : String(poll.redeemAt)
}

const ENCRYPTED = /^https:\/\/([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(:\d{1,5})?$/
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** Cards go nowhere else: over plain http whoever listens would see both sides of a phone after all. */
export const isRedeemOrigin = (text: string): boolean => ENCRYPTED.test(text) || LOOPBACK.test(text)
