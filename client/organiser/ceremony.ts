/**
 * The organiser's own check of the ceremony, before it draws cards and writes the manifest: every package against its
 * commitment, every confirmation, every device's part of the rehearsal, and the rehearsal opened by every subset of `t`.
 * Whatever does not hold names the member whose phone it is.
 */
import { attempt, type Fault } from '../../crypto/fault.ts'
import type { Trustee } from '../../crypto/manifest.ts'
import { checkAnswers } from '../../crypto/rehearsal.ts'
import { type Ceremony, ceremonyHash, checkPackage, type Package } from '../../crypto/trustees.ts'
import type { MemberView } from '../../server/wire.ts'
import { bytesOf, readPackage } from '../packages.ts'

export type Checked = { readonly trustees: readonly Trustee[] } | { readonly fault: Fault }

/** What this check reads of a view. */
export type CeremonyView = Pick<
  MemberView,
  'pollId' | 'names' | 'threshold' | 'commitments' | 'packages' | 'confirmations' | 'rehearsals'
>

/** Every member has sent everything. */
export const isComplete = ({ commitments, packages, confirmations, rehearsals }: CeremonyView): boolean =>
  [commitments, packages, confirmations, rehearsals].every(list => list.every(one => one !== null))

/** Shape: a complete view. */
export function checkCeremonyView(view: CeremonyView): Checked {
  const ceremony: Ceremony = { pollId: bytesOf(view.pollId), n: view.names.length, t: view.threshold }
  const packages: Package[] = []
  for (const [i, wire] of view.packages.entries()) {
    let fault: Fault | null = null
    const found = attempt(
      () => readPackage(wire, i + 1, view.names[i]!),
      refused => {
        fault = refused
      },
    )
    if (found === null) return { fault: fault! }
    fault = checkPackage(ceremony, found, bytesOf(view.commitments[i]))
    if (fault) return { fault }
    packages.push(found)
  }
  const confirmations = view.confirmations.map(bytesOf)
  const rehearsals = view.rehearsals.map(bytesOf)
  const hash = ceremonyHash(ceremony, packages)
  const fault = checkAnswers(packages, ceremony.t, hash, { confirmations, rehearsals })
  return fault ? { fault } : { trustees: packages.map((p, i) => ({ ...p, confirmation: confirmations[i]! })) }
}

/** The members whom a fault names: its place reads `… trustee 2 …`. */
export const namedIn = (where: string): readonly number[] => [
  ...new Set([...where.matchAll(/trustee (\d)/g)].map(([, index]) => Number(index))),
]

/** What did not hold, as people may be told; null where only the code says it. */
export type Reason = 'rehearsal' | 'confirmation' | 'share' | 'commitment' | 'knowledge'

export function reasonOf({ code, where }: Pick<Fault, 'code' | 'where'>): Reason | null {
  if (where.includes('rehearsal')) return 'rehearsal'
  if (where.includes('confirmation')) return 'confirmation'
  if (where.startsWith('share of')) return 'share'
  if (code === 'wrong-hash') return 'commitment'
  return code === 'bad-proof' ? 'knowledge' : null
}
